import type { RunStore } from '@sync/engine';
import { ENTITIES, type Clock } from '@sync/domain';
import type { Database, Sql } from '../database/database.js';
import { isUuid } from '../database/uuid.js';
import { cancelRun } from './cancel-run.js';

/** Runs: what one request or schedule tick set in motion. */
export function createRunStore(database: Database, clock: Clock): RunStore {
  return {
    create: (request) => database.transaction((sql) => createRun(sql, request, clock.now())),
    openSweeps: () =>
      database.rows(
        `select s.run_id as "runId", r.organization_id as "organizationId", o.name as "organizationName",
           s.entity, r.mode
         from run r
         join run_sweep s on s.run_id = r.id and s.done_at is null
         join organization o on o.id = r.organization_id
         where r.status in ('queued', 'running')
         order by r.created_at, r.id, array_position($1::text[], s.entity)`,
        [ENTITIES],
      ),
    swept: (runId, entity) =>
      database.transaction(async (sql) => {
        await sql.run(
          `update run set status = 'running', started_at = $2 where id = $1 and status = 'queued'`,
          [runId, clock.now()],
        );
        await sql.run(
          'update run_sweep set done_at = $3 where run_id = $1 and entity = $2 and done_at is null',
          [runId, entity, clock.now()],
        );
      }),
    fail: async (runId, reason) => {
      await database.run(
        `update run set status = 'failed', failure = $2, finished_at = $3
         where id = $1 and status in ('queued', 'running')`,
        [runId, reason, clock.now()],
      );
    },
    completeFinished: () => completeFinished(database, clock.now()),
    cancel: async (organizationId, runId) =>
      isUuid(runId) &&
      database.transaction((sql) => cancelRun(sql, { organizationId, runId, now: clock.now() })),
  };
}

async function createRun(sql: Sql, request: Parameters<RunStore['create']>[0], now: Date): Promise<string> {
  const [run] = await sql.rows<{ id: string }>(
    `insert into run (organization_id, mode, status, created_at) values ($1, $2, 'queued', $3) returning id`,
    [request.organizationId, request.mode, now],
  );
  if (run === undefined) throw new Error('The run was not stored');
  await sql.run(
    `insert into run_sweep (organization_id, run_id, entity)
     select $1, $2, e.entity from unnest($3::text[]) as e (entity) on conflict do nothing`,
    [request.organizationId, run.id, request.entities],
  );
  return run.id;
}

/** A run that somebody is adding to is left for the next beat. */
function completeFinished(database: Database, now: Date): Promise<number> {
  return database.run(
    `with finished as (
       select r.id from run r
       where r.status in ('queued', 'running')
         and not exists (select from run_sweep s where s.run_id = r.id and s.done_at is null)
         and not exists (select from run_operation o where o.run_id = r.id and o.outcome is null)
       for update skip locked)
     update run r set status = 'completed', started_at = coalesce(r.started_at, $1), finished_at = $1
     from finished where r.id = finished.id`,
    [now],
  );
}
