import { ENTITIES, RECORD_STATUSES } from '@sync/domain';
import { type AdminStore, type ApiKeyIdentity, referenceFlows, type SettingsChange } from '@sync/engine';
import { StorageError } from '@sync/storage';
import { z } from 'zod';
import type { ApiDependencies } from '../dependencies.js';
import {
  organizationKinds,
  organizationParams,
  scopeOf,
  withinOrganization,
} from '../routing/organization-route.js';
import { type Route, route } from '../routing/route.js';
import { cursorOf, pageOf, pageQuery } from '../schemas/basics.js';
import {
  foundOrganization,
  newOrganizationSchema,
  organizationOf,
  organizationSchema,
  settingsChangeSchema,
} from '../schemas/organization.js';
import { changeCrmRoute } from './change-crm.js';
import { asRuleProblem, notConnected } from './connection-rules.js';
import { refuseBillsNowhere } from './settings-rules.js';

type Dependencies = Pick<ApiDependencies, 'admin' | 'stores' | 'bell' | 'clock'>;

const tag = 'Organizations';

/** Zod's partial leaves `undefined` possible, which a setting may not be. */
function given({ directions, ...others }: z.output<typeof settingsChangeSchema>): SettingsChange {
  return { ...named(others), ...(directions && { directions: named(directions) }) };
}

function named(settings: object): object {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

/** The database knows which connections there are; a reference to another one is refused with 23503. */
async function create(admin: AdminStore, body: z.output<typeof newOrganizationSchema>) {
  const settings = given(body.settings);
  refuseBillsNowhere(settings);
  try {
    return await admin.createOrganization({ ...body, settings });
  } catch (error) {
    if (error instanceof StorageError && error.code === '23503') throw notConnected();
    throw asRuleProblem(error);
  }
}

async function visible(
  admin: AdminStore,
  key: ApiKeyIdentity,
  page: { cursor: string | null; limit: number },
) {
  const scope = scopeOf(key);
  if (scope === null) return admin.organizations(page);
  const own = await admin.organization(scope);
  return { items: own === null ? [] : [own], nextCursor: null };
}

function createAndList({ admin, bell }: Dependencies): Route[] {
  return [
    route({
      method: 'post',
      path: '/v1/organizations',
      tag,
      summary: 'Create an organization: one CRM connection, one Xero connection',
      description:
        'The Xero connection comes from POST /v1/xero-connections. Nothing is posted before its mappings are confirmed.',
      kinds: ['installation'],
      body: newOrganizationSchema,
      status: 201,
      response: organizationSchema,
      async handle({ body, afterAnswer }) {
        const created = await create(admin, body);
        afterAnswer(() => bell.ringReference(created));
        return organizationOf(created);
      },
    }),
    route({
      method: 'get',
      path: '/v1/organizations',
      tag,
      summary: 'List organizations',
      kinds: organizationKinds,
      query: z.strictObject(pageQuery),
      status: 200,
      response: pageOf(organizationSchema),
      async handle({ query, key }) {
        const page = await visible(admin, key, { cursor: cursorOf(query), limit: query.limit });
        return { items: page.items.map(organizationOf), nextCursor: page.nextCursor };
      },
    }),
  ];
}

/** Settings from which something new may flow are followed at once, not with tomorrow's reading. */
const OF_REFERENCE = [
  'writeBack',
  'expenseCategoriesFromXero',
  'paymentModesFromXero',
  'createBankAccounts',
] as const;

function readAndChange({ admin, stores, bell, clock }: Dependencies): Route[] {
  const within = withinOrganization({ stores });
  return [
    route({
      method: 'get',
      path: '/v1/organizations/{organizationId}',
      tag,
      summary: 'Read an organization',
      kinds: organizationKinds,
      params: organizationParams,
      status: 200,
      response: organizationSchema,
      handle: within(async ({ organization }) =>
        foundOrganization(await admin.organization(organization.id)),
      ),
    }),
    route({
      method: 'patch',
      path: '/v1/organizations/{organizationId}/settings',
      tag,
      summary: 'Change settings; what is left out stays',
      kinds: organizationKinds,
      params: organizationParams,
      body: settingsChangeSchema,
      status: 200,
      response: organizationSchema,
      handle: within(async ({ organization, body, afterAnswer }) => {
        const change = given(body);
        const directions = { ...organization.settings.directions, ...change.directions };
        refuseBillsNowhere({ ...organization.settings, ...change, directions });
        const changed = foundOrganization(await admin.updateSettings(organization.id, change));
        if (OF_REFERENCE.some((name) => body[name] === true) && referenceFlows(changed.settings)) {
          await stores.organizations.askForReference(organization.id, clock.now());
          afterAnswer(() => bell.ringReference(organization));
        }
        return changed;
      }),
    }),
  ];
}

const summarySchema = z
  .strictObject({
    entities: z.record(z.enum(ENTITIES), z.record(z.enum(RECORD_STATUSES), z.number())),
  })
  .meta({ id: 'Summary' });

function summary({ admin, stores }: Dependencies): Route {
  return route({
    method: 'get',
    path: '/v1/organizations/{organizationId}/summary',
    tag,
    summary: 'Count records by entity and status',
    kinds: organizationKinds,
    params: organizationParams,
    status: 200,
    response: summarySchema,
    handle: withinOrganization({ stores })(async ({ organization }) => ({
      entities: await admin.summary(organization.id),
    })),
  });
}

/** Organizations: create, list, read, change settings and CRM, count records. */
export function organizationRoutes(dependencies: Dependencies): Route[] {
  return [
    ...createAndList(dependencies),
    ...readAndChange(dependencies),
    changeCrmRoute(dependencies),
    summary(dependencies),
  ];
}
