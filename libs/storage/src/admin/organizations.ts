import type {
  AdminStore,
  CrmConnectionConfig,
  CursorPage,
  SettingsChange,
  OrganizationView,
} from '@sync/engine';
import type { Database, Sql } from '../database/database.js';
import { changedSettings, readSettings } from '../connections/settings.js';
import { isUuid } from '../database/uuid.js';
import type { Sealer } from '../secrets/sealed-text.js';
import { saveCrmConnection } from './crm-connections.js';
import { pageOf, readCursor } from './cursor.js';
import { refuseSharedPerfex, refuseTakenTenant } from './rules.js';

interface ViewRow {
  id: string;
  name: string;
  settings: unknown;
  mappings_confirmed_at: Date | null;
  created_at: Date;
  crm_id: string;
  kind: CrmConnectionConfig['kind'];
  address: string;
  xero_id: string;
  tenant_id: string;
  tenant_name: string;
  state: 'active' | 'needs-reconnect';
}

type NewOrganization = Parameters<AdminStore['createOrganization']>[0] & { sealer: Sealer; now: Date };

const SELECT = `
  select o.id, o.name, o.settings, o.mappings_confirmed_at, o.created_at, c.id as crm_id, c.kind, c.address,
    x.id as xero_id, x.tenant_id, x.tenant_name, a.state
  from organization o
  join crm_connection c on c.id = o.crm_connection_id
  join xero_connection x on x.id = o.xero_connection_id
  join xero_authorization a on a.id = x.authorization_id`;

/**
 * Makes an organization, with its CRM connection unless it shares one; settings that are not given take defaults. Throws
 * `RuleBroken` where its Xero organisation or its CRM belongs to another one.
 */
export function createOrganization(database: Database, request: NewOrganization): Promise<OrganizationView> {
  return database.transaction(async (sql) => {
    await refuseTakenTenant(sql, request.xero.connectionId);
    const crmConnectionId = await crmOf(sql, request);
    const [row] = await sql.rows<{ id: string }>(
      `insert into organization (name, crm_connection_id, xero_connection_id, settings, created_at)
       values ($1, $2, $3, $4, $5) returning id`,
      [
        request.name,
        crmConnectionId,
        request.xero.connectionId,
        JSON.stringify(changedSettings({}, request.settings)),
        request.now,
      ],
    );
    const view = row === undefined ? null : await findOrganization(sql, row.id);
    if (view === null) throw new Error('The organization was not stored');
    return view;
  });
}

async function crmOf(sql: Sql, { crm, sealer, now }: NewOrganization): Promise<string> {
  if (!('connectionId' in crm)) return saveCrmConnection(sql, { config: crm, sealer, now });
  await refuseSharedPerfex(sql, crm.connectionId);
  return crm.connectionId;
}

/** One organization. */
export async function findOrganization(sql: Sql, id: string): Promise<OrganizationView | null> {
  if (!isUuid(id)) return null;
  const [row] = await sql.rows<ViewRow>(`${SELECT} where o.id = $1`, [id]);
  return row === undefined ? null : viewOf(row);
}

/** Organizations, the oldest first. */
export async function listOrganizations(
  database: Database,
  request: { cursor: string | null; limit: number },
): Promise<CursorPage<OrganizationView>> {
  const after = readCursor(request.cursor);
  const rows = await database.rows<ViewRow>(
    `${SELECT} where ($1::timestamptz is null or (o.created_at, o.id) > ($1, $2::uuid))
     order by o.created_at, o.id limit $3`,
    [after?.at ?? null, after?.id ?? null, request.limit + 1],
  );
  return pageOf(rows, request.limit, {
    item: viewOf,
    position: (row) => ({ at: row.created_at, id: row.id }),
  });
}

/** Changes the settings that are named; the row is locked, so that two changes of different settings both stay. */
export function updateSettings(
  database: Database,
  id: string,
  change: SettingsChange,
): Promise<OrganizationView | null> {
  return database.transaction(async (sql) => {
    if (!isUuid(id)) return null;
    const [row] = await sql.rows<{ settings: object }>(
      'select settings from organization where id = $1 for update',
      [id],
    );
    if (row === undefined) return null;
    const settings = changedSettings(row.settings, change);
    await sql.run('update organization set settings = $2 where id = $1', [id, JSON.stringify(settings)]);
    return findOrganization(sql, id);
  });
}

function viewOf(row: ViewRow): OrganizationView {
  return {
    id: row.id,
    name: row.name,
    crm: { connectionId: row.crm_id, kind: row.kind, address: row.address },
    xero: {
      connectionId: row.xero_id,
      tenantId: row.tenant_id,
      tenantName: row.tenant_name,
      state: row.state,
    },
    settings: readSettings(row.settings),
    mappingsConfirmedAt: row.mappings_confirmed_at,
    createdAt: row.created_at,
  };
}
