import type { ConflictStore, ConflictView, FieldConflict } from '@sync/engine';
import type { Clock, Side } from '@sync/domain';
import { pageOf, readCursor } from '../admin/cursor.js';
import type { Database, Sql } from '../database/database.js';
import { isUuid } from '../database/uuid.js';
import { raiseOperations } from '../ledger/raise-operations.js';

interface FieldRow extends FieldConflict {
  bindingId: string;
}

const FIELDS = `binding_id as "bindingId", field, crm_value as crm, xero_value as xero, crm_seen_at as "crmSeenAt",
  xero_updated_at as "xeroUpdatedAt", choice`;

/** Conflicts that wait for a person. */
export function createConflictStore(database: Database, clock: Clock): ConflictStore {
  return {
    list: (request) => list(database, request),
    choose: async (organizationId, recordId, choices) =>
      isUuid(recordId) &&
      database.transaction((sql) => choose(sql, { organizationId, recordId, choices, now: clock.now() })),
    of: (organizationId, bindingIds) => fieldsOf(database, organizationId, bindingIds),
  };
}

async function fieldsOf(
  sql: Sql,
  organizationId: string,
  bindingIds: readonly string[],
): Promise<Map<string, FieldConflict[]>> {
  const rows = await sql.rows<FieldRow>(
    `select ${FIELDS} from conflict where organization_id = $1 and binding_id = any ($2::uuid[]) order by field`,
    [organizationId, bindingIds],
  );
  const found = new Map<string, FieldConflict[]>();
  for (const { bindingId, ...field } of rows) found.set(bindingId, [...(found.get(bindingId) ?? []), field]);
  return found;
}

async function list(
  database: Database,
  { organizationId, cursor, limit }: Parameters<ConflictStore['list']>[0],
): ReturnType<ConflictStore['list']> {
  const after = readCursor(cursor);
  const rows = await database.rows<Omit<ConflictView, 'fields'>>(
    `select b.id as "recordId", b.entity, b.crm_id as "crmId", b.xero_id as "xeroId", b.label, c.opened_at as "openedAt"
     from (select binding_id, min(opened_at) as opened_at from conflict where organization_id = $1
       group by binding_id having bool_or(choice is null)) c
     join binding b on b.organization_id = $1 and b.id = c.binding_id
     where $2::timestamptz is null or (c.opened_at, b.id) > ($2, $3::uuid)
     order by c.opened_at, b.id limit $4`,
    [organizationId, after?.at ?? null, after?.id ?? null, limit + 1],
  );
  const fields = await fieldsOf(
    database,
    organizationId,
    rows.map(({ recordId }) => recordId),
  );
  return pageOf(rows, limit, {
    item: (row) => ({ ...row, fields: fields.get(row.recordId) ?? [] }),
    position: (row) => ({ at: row.openedAt, id: row.recordId }),
  });
}

async function choose(
  sql: Sql,
  request: {
    organizationId: string;
    recordId: string;
    choices: Readonly<Record<string, Side>>;
    now: Date;
  },
): Promise<boolean> {
  const { organizationId, recordId, choices, now } = request;
  const [binding] = await sql.rows<{ id: string; entity: ConflictView['entity'] }>(
    `select b.id, b.entity from binding b where b.organization_id = $1 and b.id = $2
       and exists (select from conflict c where c.organization_id = $1 and c.binding_id = b.id)`,
    [organizationId, recordId],
  );
  if (binding === undefined) return false;
  const raise = { organizationId, lane: 'event' as const, dueAt: now, now, wantedElsewhere: true };
  await raiseOperations(sql, { ...raise, bindings: [binding] });
  await sql.run(
    `update conflict c set choice = n.side, chosen_at = $5
     from unnest($3::text[], $4::text[]) as n (field, side)
     where c.organization_id = $1 and c.binding_id = $2 and c.field = n.field`,
    [organizationId, recordId, Object.keys(choices), Object.values(choices), now],
  );
  return true;
}
