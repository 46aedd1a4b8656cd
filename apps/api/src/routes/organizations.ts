import { ENTITIES, RECORD_STATUSES } from '@sync/domain';
import {
  type AdminStore,
  type ApiKeyIdentity,
  ENDED_BY_CRM,
  type OrganizationView,
  referenceFlows,
  type SettingsChange,
} from '@sync/engine';
import { StorageError } from '@sync/storage';
import { z } from 'zod';
import type { ApiDependencies } from '../dependencies.js';
import { notFound, Problem } from '../http/problem.js';
import {
  organizationKinds,
  organizationParams,
  scopeOf,
  withinOrganization,
} from '../routing/organization-route.js';
import { type Route, route } from '../routing/route.js';
import { cursorOf, pageOf, pageQuery } from '../schemas/basics.js';
import {
  crmConnectionSchema,
  newOrganizationSchema,
  organizationOf,
  organizationSchema,
  settingsChangeSchema,
} from '../schemas/organization.js';

type Dependencies = Pick<ApiDependencies, 'admin' | 'stores' | 'bell' | 'clock'>;

const tag = 'Organizations';

function found(view: OrganizationView | null) {
  if (view === null) throw notFound('organization');
  return organizationOf(view);
}

/** Zod's partial leaves `undefined` possible, which a setting may not be. */
function given({ directions, ...others }: z.output<typeof settingsChangeSchema>): SettingsChange {
  return { ...named(others), ...(directions && { directions: named(directions) }) };
}

function named(settings: object): object {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

/**
 * Two organizations on one Xero organisation would post everything twice; two on one Perfex connection would hide each
 * other's changes, since what it remembers of the CRM is kept for each connection.
 */
async function refuseSharing({ admin, stores }: Dependencies, body: z.output<typeof newOrganizationSchema>) {
  const [taken] = await stores.organizations.ofConnection(body.xero.connectionId);
  if (taken) {
    throw new Problem(
      'TENANT_TAKEN',
      `xero.connectionId: the organization "${taken.name}" (${taken.id}) posts there already`,
    );
  }
  if (!('connectionId' in body.crm)) return;
  const [sharer] = await admin.organizationsOfCrm(body.crm.connectionId);
  const view = sharer ? await admin.organization(sharer.id) : null;
  if (view?.crm.kind === 'perfex') {
    throw new Problem(
      'CRM_NOT_SHARED',
      'crm.connectionId: a Perfex connection serves one organization; give its login again instead',
    );
  }
}

/** The database knows which connections there are; a reference to another one is refused with 23503. */
async function create(admin: AdminStore, body: z.output<typeof newOrganizationSchema>) {
  try {
    return await admin.createOrganization({ ...body, settings: given(body.settings) });
  } catch (error) {
    if (!(error instanceof StorageError) || error.code !== '23503') throw error;
    throw new Problem('NOT_CONNECTED', 'crm.connectionId or xero.connectionId: there is no such connection');
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

function createAndList(dependencies: Dependencies): Route[] {
  const { admin, bell } = dependencies;
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
        await refuseSharing(dependencies, body);
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
      handle: within(async ({ organization }) => found(await admin.organization(organization.id))),
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
        const changed = found(await admin.updateSettings(organization.id, given(body)));
        if (OF_REFERENCE.some((name) => body[name] === true) && referenceFlows(changed.settings)) {
          await stores.organizations.askForReference(organization.id, clock.now());
          afterAnswer(() => bell.ringReference(organization));
        }
        return changed;
      }),
    }),
  ];
}

/** A mistyped prefix or a new password must not cost an organization its links. */
function changeCrm({ admin, stores, bell }: Dependencies): Route {
  return route({
    method: 'put',
    path: '/v1/organizations/{organizationId}/crm',
    tag,
    summary: 'Change how the CRM is reached',
    description:
      'Links and settings stay, and what stood still because of the CRM is tried again. The kind cannot change.',
    kinds: ['installation'],
    params: organizationParams,
    body: crmConnectionSchema,
    status: 200,
    response: organizationSchema,
    handle: withinOrganization({ stores })(async ({ organization, body, afterAnswer }) => {
      const before = await admin.organization(organization.id);
      if (before && before.crm.kind !== body.kind) {
        throw new Problem(
          'OTHER_KIND',
          `kind: this CRM is of the kind ${before.crm.kind}; create another organization for one of the kind ${body.kind}`,
        );
      }
      const changed = await admin.changeCrm(organization.id, body);
      await stores.organizations.resume(organization.id, ENDED_BY_CRM);
      afterAnswer(() => bell.ringReference(organization));
      return found(changed);
    }),
  });
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

/** Organizations: create, list, read, change settings, count records. */
export function organizationRoutes(dependencies: Dependencies): Route[] {
  return [
    ...createAndList(dependencies),
    ...readAndChange(dependencies),
    changeCrm(dependencies),
    summary(dependencies),
  ];
}
