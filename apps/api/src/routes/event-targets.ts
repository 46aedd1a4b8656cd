import { type ApiKeyIdentity, flowsToXero, type Organization } from '@sync/engine';
import type { ApiDependencies } from '../dependencies.js';
import type { Rejection } from '../schemas/event.js';
import type { CrmEvent } from './read-event.js';

/** The organizations that an event concerns, or why there are none. */
export type EventTargets =
  | { ok: true; organizations: readonly Organization[] }
  | { ok: false; code: Rejection['code']; detail: string };

/** Finds the organizations of events; each organization is read once for one request. */
export type FindTargets = (event: CrmEvent) => Promise<EventTargets>;

const unknown = (detail: string): EventTargets => ({ ok: false, code: 'UNKNOWN_ORGANIZATION', detail });

const notHere = unknown('organizationId: there is no such organization for this API key');

type Load = (id: string) => Promise<Organization | null>;

function loadOnce({ stores }: Pick<ApiDependencies, 'stores'>): Load {
  const loaded = new Map<string, Promise<Organization | null>>();
  return (id) => {
    const organization = loaded.get(id) ?? stores.organizations.load(id);
    loaded.set(id, organization);
    return organization;
  };
}

/** The ids that a key may post events for; null: any. */
async function reachOf(
  key: ApiKeyIdentity,
  { admin }: Pick<ApiDependencies, 'admin'>,
): Promise<string[] | null> {
  if (key.kind === 'installation') return null;
  if (key.kind === 'organization') return key.organizationId === null ? [] : [key.organizationId];
  if (key.crmConnectionId === null) return [];
  return (await admin.organizationsOfCrm(key.crmConnectionId)).map(({ id }) => id);
}

function idsOf(event: CrmEvent, reach: readonly string[] | null): readonly string[] | null {
  if (event.organizationId === undefined) return reach;
  return reach === null || reach.includes(event.organizationId) ? [event.organizationId] : [];
}

async function resolve(event: CrmEvent, reach: readonly string[] | null, load: Load): Promise<EventTargets> {
  const ids = idsOf(event, reach);
  if (ids === null) return unknown('organizationId: is required with the installation key');
  const loaded = await Promise.all(ids.map((id) => load(id)));
  const organizations = loaded.flatMap((organization) => organization ?? []);
  if (organizations.length === 0) return notHere;
  const on = organizations.filter(({ settings }) => flowsToXero(settings, event.entity));
  if (on.length > 0) return { ok: true, organizations: on };
  return {
    ok: false,
    code: 'ENTITY_OFF',
    detail: `entity: ${event.entity} do not flow into Xero by the settings`,
  };
}

/**
 * Whom the events of one request concern. An organization's key speaks for that one; a CRM connection's key for every
 * organization of that CRM, unless the event names one; the installation key must name one.
 */
export async function targetsOf(
  key: ApiKeyIdentity,
  dependencies: Pick<ApiDependencies, 'admin' | 'stores'>,
): Promise<FindTargets> {
  const reach = await reachOf(key, dependencies);
  const load = loadOnce(dependencies);
  return (event) => resolve(event, reach, load);
}
