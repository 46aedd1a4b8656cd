import { NO_TAX_KEY } from '@sync/domain';
import {
  entitiesOf,
  type Mapping,
  type Organization,
  referenceFlows,
  type XeroReference,
} from '@sync/engine';
import { z } from 'zod';
import type { ApiDependencies } from '../dependencies.js';
import { Problem } from '../http/problem.js';
import { organizationKinds, organizationParams, withinOrganization } from '../routing/organization-route.js';
import { type Route, route } from '../routing/route.js';
import { momentOf } from '../schemas/basics.js';
import { mappingChoiceSchema, mappingOf, mappingsSchema } from '../schemas/mapping.js';
import { faultOfChoice } from './mapping-choice.js';
import { ringEntities } from './ring-entities.js';

type Dependencies = Pick<ApiDependencies, 'admin' | 'stores' | 'bell' | 'clock'>;

const tag = 'Mappings';
const path = '/v1/organizations/{organizationId}/mappings';

const choicesSchema = z.strictObject({ items: z.array(mappingChoiceSchema).min(1).max(1_000) });

async function readMappings(
  { stores }: Dependencies,
  organizationId: string,
): Promise<z.input<typeof mappingsSchema>> {
  const [items, organization] = await Promise.all([
    stores.mappings.load(organizationId),
    stores.organizations.load(organizationId),
  ]);
  return { confirmedAt: momentOf(organization?.mappingsConfirmedAt ?? null), items: items.map(mappingOf) };
}

/** The cached reference data. Throws while there is none. */
export async function referenceOf(
  { stores }: Pick<ApiDependencies, 'stores'>,
  organizationId: string,
): Promise<{ data: XeroReference; readAt: Date }> {
  const reference = await stores.organizations.reference(organizationId);
  if (reference !== null) return reference;
  throw new Problem(
    'REFERENCE_NOT_READ',
    "Xero's accounts are read by a worker soon after an organization is created; try again in a minute",
  );
}

type Choice = z.output<typeof mappingChoiceSchema>;

type Known = Pick<Mapping, 'kind' | 'key' | 'label'> & { reason?: string | null };

/** A choice as a mapping, under the label that it is known by. */
function mappingFor(choice: Choice, known: readonly Known[]): Mapping {
  const before = known.find(({ kind, key }) => kind === choice.kind && key === choice.key);
  return {
    ...choice,
    label: before?.label ?? choice.key,
    source: 'confirmed',
    reason: before?.reason ?? null,
  };
}

/**
 * Only suggestions hold a mapping for no tax, so without one neither side was read: a choice or a consent given now would
 * let posting begin on mappings that nobody has seen.
 */
async function suggested({ stores }: Dependencies, organizationId: string): Promise<Mapping[]> {
  const known = await stores.mappings.load(organizationId);
  if (known.some(({ kind, key }) => kind === 'tax' && key === NO_TAX_KEY)) return known;
  throw new Problem(
    'MAPPINGS_NOT_READY',
    'The accounts and payment modes are not read yet, so there is nothing to choose or confirm; try again in a moment, or see the issues',
  );
}

async function saveChoices(dependencies: Dependencies, { id }: Organization, choices: readonly Choice[]) {
  const { admin, stores } = dependencies;
  const { data: reference } = await referenceOf(dependencies, id);
  const known = [...(await suggested(dependencies, id)), ...(await admin.wantedMappings(id))];
  const errors = choices.flatMap((choice, index) => {
    const fault = faultOfChoice(choice, { reference, known });
    return fault === null ? [] : [{ path: `items.${index}.${fault.field}`, detail: fault.detail }];
  });
  const [first] = errors;
  if (first)
    throw new Problem('MAPPING_INVALID', `${first.path}: ${first.detail}; nothing was saved`, { errors });
  await stores.mappings.save(
    id,
    choices.map((choice) => mappingFor(choice, known)),
  );
}

function readAndSave(dependencies: Dependencies): Route[] {
  const { stores, bell } = dependencies;
  const within = withinOrganization({ stores });
  return [
    route({
      method: 'get',
      path,
      tag,
      summary: 'Read the mappings, suggested and confirmed',
      kinds: organizationKinds,
      params: organizationParams,
      status: 200,
      response: mappingsSchema,
      handle: within(async ({ organization }) => readMappings(dependencies, organization.id)),
    }),
    route({
      method: 'put',
      path,
      tag,
      summary: 'Save choices; records that were parked for want of them go on',
      description: 'Only the mappings that are named change.',
      kinds: organizationKinds,
      params: organizationParams,
      body: choicesSchema,
      status: 200,
      response: mappingsSchema,
      handle: within(async ({ organization, body, afterAnswer }) => {
        await saveChoices(dependencies, organization, body.items);
        afterAnswer(() => ringEntities(bell, organization, entitiesOf(organization.settings)));
        return readMappings(dependencies, organization.id);
      }),
    }),
  ];
}

/** Mappings: read, choose, confirm what was suggested. */
export function mappingRoutes(dependencies: Dependencies): Route[] {
  const { stores, bell, clock } = dependencies;
  return [
    ...readAndSave(dependencies),
    route({
      method: 'post',
      path: `${path}/confirm`,
      tag,
      summary: 'Confirm every mapping that has a value, and let posting begin',
      kinds: organizationKinds,
      params: organizationParams,
      status: 200,
      response: mappingsSchema,
      handle: withinOrganization({ stores })(async ({ organization, afterAnswer }) => {
        await suggested(dependencies, organization.id);
        await stores.mappings.confirm(organization.id, clock.now());
        const flows = referenceFlows(organization.settings);
        // What the mappings leave over now flows by itself, where reference data is read.
        if (flows) await stores.organizations.askForReference(organization.id, clock.now());
        afterAnswer(async () => {
          await ringEntities(bell, organization, entitiesOf(organization.settings));
          if (flows) await bell.ringReference(organization);
        });
        return readMappings(dependencies, organization.id);
      }),
    }),
  ];
}
