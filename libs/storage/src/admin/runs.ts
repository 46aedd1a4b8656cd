import type { AdminStore, CursorPage, RunView } from '@sync/engine';
import { ENTITIES, type Entity } from '@sync/domain';
import type { Database } from '../database/database.js';
import { isUuid } from '../database/uuid.js';
import { pageOf, readCursor } from './cursor.js';

type RunRow = Omit<RunView, 'entities'>;

const COLUMNS = `id, organization_id as "organizationId", mode, status, created_at as "createdAt",
  started_at as "startedAt", finished_at as "finishedAt", failure`;

/** Runs, the newest first. */
export async function listRuns(
  database: Database,
  request: Parameters<AdminStore['runs']>[0],
): Promise<CursorPage<RunView>> {
  const after = readCursor(request.cursor);
  const rows = await database.rows<RunRow>(
    `select ${COLUMNS} from run
     where organization_id = $1 and ($2::timestamptz is null or (created_at, id) < ($2, $3::uuid))
     order by created_at desc, id desc limit $4`,
    [request.organizationId, after?.at ?? null, after?.id ?? null, request.limit + 1],
  );
  const page = pageOf(rows, request.limit, {
    item: (row) => row,
    position: (row) => ({ at: row.createdAt, id: row.id }),
  });
  return { items: await withCounts(database, page.items), nextCursor: page.nextCursor };
}

/** One run; with an organization, only if it is that one's. */
export async function findRun(
  database: Database,
  organizationId: string | null,
  runId: string,
): Promise<RunView | null> {
  if (!isUuid(runId)) return null;
  const rows = await database.rows<RunRow>(
    `select ${COLUMNS} from run where id = $1 and ($2::uuid is null or organization_id = $2)`,
    [runId, organizationId],
  );
  const [run] = await withCounts(database, rows);
  return run ?? null;
}

interface CountRow {
  run_id: string;
  entity: Entity;
  outcome: string | null;
  count: number;
}

/** Counted from the run's records, so that no counter can drift. */
async function withCounts(database: Database, runs: readonly RunRow[]): Promise<RunView[]> {
  if (runs.length === 0) return [];
  const rows = await database.rows<CountRow>(
    `select run_id, entity, outcome, count(*)::int as count from run_operation
     where run_id = any ($1::uuid[]) group by run_id, entity, outcome
     union all
     select run_id, entity, null, 0 from run_sweep where run_id = any ($1::uuid[])`,
    [runs.map((run) => run.id)],
  );
  return runs.map((run) => ({ ...run, entities: countsOf(rows.filter((row) => row.run_id === run.id)) }));
}

function countsOf(rows: readonly CountRow[]): RunView['entities'] {
  const entities: RunView['entities'] = {};
  for (const entity of ENTITIES) {
    const own = rows.filter((row) => row.entity === entity);
    if (own.length === 0) continue;
    const ended = own.filter((row): row is CountRow & { outcome: string } => row.outcome !== null);
    entities[entity] = {
      total: sum(own),
      done: sum(ended),
      outcomes: Object.fromEntries(ended.map((row) => [row.outcome, row.count])),
    };
  }
  return entities;
}

function sum(rows: readonly CountRow[]): number {
  return rows.reduce((total, row) => total + row.count, 0);
}
