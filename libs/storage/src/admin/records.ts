import type { AdminStore, CursorPage, HistoryEntry, RecordView } from '@sync/engine';
import { ENTITIES, RECORD_STATUSES, type Entity, type RecordStatus } from '@sync/domain';
import type { Database } from '../database/database.js';
import { storableText } from '../database/json-parameter.js';
import { isUuid } from '../database/uuid.js';
import { pageOf, readCursor } from './cursor.js';

const COLUMNS = `id, entity, crm_id as "crmId", xero_id as "xeroId", label, status, reason, updated_at as "updatedAt"`;

/** How many records of each entity have each status, zeros included. */
export async function summary(
  database: Database,
  organizationId: string,
): Promise<Record<Entity, Record<RecordStatus, number>>> {
  const rows = await database.rows<{ entity: Entity; status: RecordStatus; count: number }>(
    `select entity, status, count(*)::int as count from binding where organization_id = $1 group by entity, status`,
    [organizationId],
  );
  const zeros = () => Object.fromEntries(RECORD_STATUSES.map((s) => [s, 0])) as Record<RecordStatus, number>;
  const counts = Object.fromEntries(ENTITIES.map((e) => [e, zeros()])) as Record<
    Entity,
    Record<RecordStatus, number>
  >;
  for (const { entity, status, count } of rows) counts[entity][status] = count;
  return counts;
}

/** Records, the ones that changed last first. */
export async function listRecords(
  database: Database,
  request: Parameters<AdminStore['records']>[0],
): Promise<CursorPage<RecordView>> {
  const after = readCursor(request.cursor);
  const rows = await database.rows<RecordView>(
    `select ${COLUMNS} from binding
     where organization_id = $1 and ($2::text is null or entity = $2) and ($3::text is null or status = $3)
       and ($4::text is null or label ilike $4 or crm_id ilike $4)
       and ($5::timestamptz is null or (updated_at, id) < ($5, $6::uuid))
     order by updated_at desc, id desc limit $7`,
    [
      request.organizationId,
      request.entity,
      request.status,
      request.text === null ? null : containing(request.text),
      after?.at ?? null,
      after?.id ?? null,
      request.limit + 1,
    ],
  );
  return pageOf(rows, request.limit, {
    item: (row) => row,
    position: (row) => ({ at: row.updatedAt, id: row.id }),
  });
}

/** A pattern that finds the text as it stands: `%` and `_` mean themselves. */
function containing(text: string): string {
  return `%${storableText(text).replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
}

/** One record; null if the organization has none under this id. */
export async function findRecord(
  database: Database,
  organizationId: string,
  recordId: string,
): Promise<RecordView | null> {
  if (!isUuid(recordId)) return null;
  const [row] = await database.rows<RecordView>(
    `select ${COLUMNS} from binding where organization_id = $1 and id = $2`,
    [organizationId, recordId],
  );
  return row ?? null;
}

/** What happened to a record, latest first; null if the organization has no such record. */
export async function listHistory(
  database: Database,
  request: Parameters<AdminStore['history']>[0],
): Promise<CursorPage<HistoryEntry> | null> {
  const { organizationId, recordId, limit } = request;
  if ((await findRecord(database, organizationId, recordId)) === null) return null;
  const after = readCursor(request.cursor);
  const rows = await database.rows<HistoryEntry>(
    `select id::text as id, at, what, detail, run_id as "runId" from history_entry
     where organization_id = $1 and binding_id = $2 and ($3::bigint is null or id < $3)
     order by id desc limit $4`,
    [organizationId, recordId, after?.id ?? null, limit + 1],
  );
  return pageOf(rows, limit, { item: (row) => row, position: (row) => ({ at: row.at, id: row.id }) });
}
