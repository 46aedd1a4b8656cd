import { type AbsorbHints, concerns, type Hint, isNewToCrm, type XeroRecord } from '@sync/engine';
import { type BindingRow, BINDING_COLUMNS, bindingOf } from '../ledger/binding-row.js';
import type { Sql } from '../database/database.js';
import { isUuid } from '../database/uuid.js';
import { ensureBindings } from '../ledger/ensure-bindings.js';
import { raiseOperations } from '../ledger/raise-operations.js';
import type { RecordsRead } from './absorb-records.js';

/**
 * Raises the operations of records that Xero holds otherwise than agreed, and of those that nobody knows and that may be
 * pulled. A record that bears our marker belongs to the binding that the marker names. Returns how many were raised.
 */
export async function hintChanges(
  sql: Sql,
  read: RecordsRead,
  { lane, pullFrom }: AbsorbHints,
): Promise<number> {
  const { organizationId, entity, records, seenAt: now } = read;
  if (records.length === 0) return 0;
  const bound = await boundTo(sql, read);
  const changed = bound.flatMap(({ binding, record }) =>
    differs(read, binding, record) ? [binding.id] : [],
  );
  const unknown = records.filter(({ xeroId }) => !bound.some(({ record }) => record.xeroId === xeroId));
  const marked = await markedBy(sql, read, unknown);
  const fresh = unknown.filter((record) => isWanted(read, record, pullFrom));
  const hints = fresh.map(({ xeroId }): Hint => ({ entity, xeroId }));
  const stubs = await ensureBindings(sql, { organizationId, hints, now });
  const parked = await parkedStubs(sql, read);
  const ids = new Set([...changed, ...marked, ...parked, ...stubs.map(({ id }) => id)]);
  const bindings = [...ids].map((id) => ({ id, entity }));
  await raiseOperations(sql, { organizationId, lane, dueAt: now, now, wantedElsewhere: true, bindings });
  return ids.size;
}

interface Bound {
  binding: ReturnType<typeof bindingOf>;
  record: XeroRecord;
}

async function boundTo(sql: Sql, { organizationId, entity, records }: RecordsRead): Promise<Bound[]> {
  const byId = new Map(records.map((record) => [record.xeroId, record]));
  const rows = await sql.rows<BindingRow>(
    `select ${BINDING_COLUMNS} from binding b
     where b.organization_id = $1 and b.entity = $2 and b.xero_id = any ($3)`,
    [organizationId, entity, [...byId.keys()]],
  );
  return rows.flatMap((row) => {
    const record = byId.get(row.xero_id ?? '');
    return record ? [{ binding: bindingOf(row), record }] : [];
  });
}

/** What is known in Xero only and set aside: no sweep of the CRM finds it, so it is looked at again whenever Xero lists it. */
async function parkedStubs(sql: Sql, { organizationId, entity, records }: RecordsRead): Promise<string[]> {
  const rows = await sql.rows<{ id: string }>(
    `select b.id from binding b join sync_operation o on o.binding_id = b.id and o.state = 'parked'
     where b.organization_id = $1 and b.entity = $2 and b.crm_id is null and b.xero_id = any ($3)`,
    [organizationId, entity, records.map(({ xeroId }) => xeroId)],
  );
  return rows.map(({ id }) => id);
}

function isWanted({ entity }: RecordsRead, record: XeroRecord, pullFrom: Date | null): boolean {
  return pullFrom !== null && isNewToCrm(entity, record, pullFrom);
}

function differs({ codecVersion }: RecordsRead, binding: Bound['binding'], record: XeroRecord): boolean {
  return concerns(binding, { record, codecVersion });
}

async function markedBy(
  sql: Sql,
  { organizationId, entity }: RecordsRead,
  unknown: readonly XeroRecord[],
): Promise<string[]> {
  const ids = unknown.flatMap(({ keys }) => keys.marker?.split('.')[0] ?? []).filter(isUuid);
  if (ids.length === 0) return [];
  const rows = await sql.rows<{ id: string }>(
    `select id from binding where organization_id = $1 and entity = $2 and xero_id is null and id = any ($3::uuid[])`,
    [organizationId, entity, ids],
  );
  return rows.map(({ id }) => id);
}
