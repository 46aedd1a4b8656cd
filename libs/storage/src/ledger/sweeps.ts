import type { Checkpoint, SweepStore } from '@sync/engine';
import { SyncError, type Clock, type Entity } from '@sync/domain';
import type { Database, Sql } from '../database/database.js';
import type { Statistics } from '../database/statistics.js';
import { dueSweeps } from './due-sweeps.js';
import { HINTED_TABLES, storeHints } from './hints.js';

const COLUMNS = `organization_id as "organizationId", entity, cursor, version, last_full_at as "lastFullAt"`;

type Page = Parameters<SweepStore['page']>[0];
type End = Parameters<SweepStore['end']>[0];

/** Checkpoints. Whoever holds a sweep holds it by the database's clock, as with leases. */
export function createSweepStore(database: Database, clock: Clock, statistics: Statistics): SweepStore {
  return {
    begin: async ({ organizationId, entity, holder, ttlMs }) => {
      const [checkpoint] = await database.rows<Checkpoint>(BEGIN, [organizationId, entity, holder, ttlMs]);
      return checkpoint ?? null;
    },
    page: async (page) => {
      const checkpoint = await database.transaction((sql) => storePage(sql, page, clock.now()));
      await statistics.grew(HINTED_TABLES, page.hints.length);
      return checkpoint;
    },
    end: (request) => endSweep(database, request, clock.now()),
    knownIds: (organizationId, entity) => knownIds(database, organizationId, entity),
    listedAt: async (organizationId, entity) => {
      const [row] = await database.rows<{ listed_at: Date | null }>(
        'select listed_at from checkpoint where organization_id = $1 and entity = $2',
        [organizationId, entity],
      );
      return row?.listed_at ?? null;
    },
    running: (organizationId, entities) => isRunning(database, organizationId, entities),
    dueSweeps: () => dueSweeps(database, clock.now()),
  };
}

const BEGIN = `
  insert into checkpoint as c (organization_id, entity, holder, holder_expires_at)
  values ($1, $2, $3, clock_timestamp() + $4 * interval '1 ms')
  on conflict (organization_id, entity) do update
    set holder = excluded.holder, holder_expires_at = excluded.holder_expires_at
    where c.holder is null or c.holder = excluded.holder or c.holder_expires_at <= clock_timestamp()
  returning ${COLUMNS}`;

async function storePage(sql: Sql, page: Page, now: Date): Promise<Checkpoint> {
  const { organizationId, entity, version } = page.checkpoint;
  const [next] = await sql.rows<Checkpoint>(
    `update checkpoint set cursor = $5, version = version + 1,
       holder_expires_at = clock_timestamp() + $6 * interval '1 ms'
     where organization_id = $1 and entity = $2 and version = $3 and holder = $4
     returning ${COLUMNS}`,
    [organizationId, entity, version, page.holder, page.cursor, page.ttlMs],
  );
  if (next === undefined) throw lostSweep(page.checkpoint);
  const { hints, changed, runId } = page;
  await storeHints(
    sql,
    {
      organizationId,
      lane: 'backfill',
      hints,
      changed,
      // Whoever asks for a run wants what was refused to be tried again.
      ...(runId === null ? { listed: !changed } : { runId }),
    },
    now,
  );
  return next;
}

/** The other sweep reads the same pages: what this one would have stored is not lost. */
function lostSweep({ organizationId, entity }: Checkpoint): SyncError {
  return new SyncError(
    'transient',
    `The sweep of ${entity} of organization ${organizationId} was taken over`,
  );
}

async function endSweep(
  sql: Sql,
  { checkpoint, holder, full, nextAt, depth }: End,
  now: Date,
): Promise<void> {
  const listed = full || depth !== undefined;
  const deep = full || (depth !== undefined && depth !== 'new');
  await sql.run(
    `update checkpoint set holder = null, holder_expires_at = null, next_at = $4,
       last_full_at = case when $5 then $7 else last_full_at end,
       last_deep_at = case when $6 then $7 else last_deep_at end,
       listed_at = case when $8 then $7 else listed_at end
     where organization_id = $1 and entity = $2 and holder = $3`,
    [checkpoint.organizationId, checkpoint.entity, holder, nextAt, full, deep, now, listed],
  );
}

async function knownIds(sql: Sql, organizationId: string, entity: Entity): Promise<string[]> {
  const rows = await sql.rows<{ crm_id: string }>(
    `select crm_id from binding where organization_id = $1 and entity = $2 and crm_id is not null
       and not (status = 'excluded' and reason = 'deleted-in-crm')`,
    [organizationId, entity],
  );
  return rows.map((row) => row.crm_id);
}

async function isRunning(sql: Sql, organizationId: string, entities: readonly Entity[]): Promise<boolean> {
  const rows = await sql.rows(
    `select from checkpoint where organization_id = $1 and entity = any ($2)
       and holder is not null and holder_expires_at > clock_timestamp() limit 1`,
    [organizationId, entities],
  );
  return rows.length > 0;
}
