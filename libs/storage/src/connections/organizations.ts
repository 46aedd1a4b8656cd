import type { Organization, OrganizationStore, XeroReference } from '@sync/engine';
import { type Clock, NO_TAX_KEY } from '@sync/domain';
import type { Database } from '../database/database.js';
import { jsonParameter } from '../database/json-parameter.js';
import { blockingAt, PAUSING } from '../ledger/pauses.js';
import { pauseScope, resumeScopes, tellScope } from './pause-scopes.js';
import { createReferenceCopies } from './reference-copies.js';
import { readSettings } from './settings.js';

interface OrganizationRow {
  id: string;
  name: string;
  crm_connection_id: string;
  settings: unknown;
  mappings_confirmed_at: Date | null;
  xero_id: string;
  authorization_id: string;
  client_id: string;
  tenant_id: string;
  tenant_name: string;
  day_limit: number;
}

const SELECT = `
  select o.id, o.name, o.crm_connection_id, o.settings, o.mappings_confirmed_at, x.id as xero_id,
    x.authorization_id, x.client_id, x.tenant_id, x.tenant_name, x.day_limit
  from organization o join xero_connection x on x.id = o.xero_connection_id`;

/** Organizations, as the engine needs them. */
export function createOrganizationStore(database: Database, clock: Clock): OrganizationStore {
  return {
    load: async (id) => {
      const [row] = await database.rows<OrganizationRow>(`${SELECT} where o.id = $1`, [id]);
      return row === undefined ? null : organizationOf(row);
    },
    needingReference: (before) => needingReference(database, before, clock.now()),
    reference: (organizationId) => loadReference(database, organizationId),
    saveReference: async (organizationId, data, readAt) => {
      await database.run('update organization set reference = $2, reference_read_at = $3 where id = $1', [
        organizationId,
        jsonParameter(data),
        readAt,
      ]);
    },
    ...createReferenceCopies(database),
    pause: (request) => pauseScope(database, request, clock.now()),
    tell: (request) => tellScope(database, request, clock.now()),
    resume: (organizationId, codes, entity) =>
      resumeScopes(database, { organizationId, codes, entity: entity ?? null, at: clock.now() }),
    pauses: (organizationId) =>
      database.rows(
        `select i.code, i.entity, i.probe_at as "probeAt" from issue i
         where i.organization_id = $1 and ${PAUSING} order by i.first_seen_at`,
        [organizationId],
      ),
    dueProbes: () => dueProbes(database, clock.now()),
  };
}

function dueProbes(database: Database, now: Date): ReturnType<OrganizationStore['dueProbes']> {
  return database.rows(
    `select o.id as "organizationId", o.name as "organizationName", i.entity
     from issue i join organization o on o.id = i.organization_id
     where ${PAUSING} and i.entity is not null and i.probe_at <= $1 and o.mappings_confirmed_at is not null
       and not exists (select from issue i
         where i.organization_id = o.id and i.entity is null and ${PAUSING} and ${blockingAt('$1')})`,
    [now],
  );
}

function organizationOf(row: OrganizationRow): Organization {
  return {
    id: row.id,
    name: row.name,
    crmConnectionId: row.crm_connection_id,
    xeroConnection: {
      id: row.xero_id,
      authorizationId: row.authorization_id,
      clientId: row.client_id,
      tenantId: row.tenant_id,
      tenantName: row.tenant_name,
      dayLimit: row.day_limit,
    },
    settings: readSettings(row.settings),
    mappingsConfirmedAt: row.mappings_confirmed_at,
  };
}

/**
 * Mappings that are not confirmed pause whatever is posted, but not the reading that they are made from: a worker that
 * dies after it asked for confirmation, and before it suggested anything, would leave nothing to confirm.
 */
function needingReference(
  database: Database,
  before: Date,
  now: Date,
): Promise<{ id: string; name: string }[]> {
  return database.rows(
    `select o.id, o.name from organization o
     where (o.reference_read_at is null or o.reference_read_at < $1 or o.reference_asked_at is not null
         or not exists (select from mapping m
           where m.organization_id = o.id and m.kind = 'tax' and m.key = $3))
       and not exists (select from issue i
         where i.organization_id = o.id and i.entity is null and i.code <> 'MAPPINGS_NOT_CONFIRMED'
           and ${PAUSING} and ${blockingAt('$2')})
     order by o.reference_read_at nulls first, o.id`,
    // Every suggestion has a row for no tax, and nobody chooses what was not suggested: without it nothing was read.
    [before, now, NO_TAX_KEY],
  );
}

async function loadReference(
  database: Database,
  organizationId: string,
): Promise<{ data: XeroReference; readAt: Date } | null> {
  const [row] = await database.rows<{ data: XeroReference | null; readAt: Date | null }>(
    'select reference as data, reference_read_at as "readAt" from organization where id = $1',
    [organizationId],
  );
  if (row === undefined || row.data === null || row.readAt === null) return null;
  return { data: row.data, readAt: row.readAt };
}
