import type { Sql } from '../database/database.js';
import { lockedIds } from './make-due.js';

interface Cancel {
  organizationId: string;
  runId: string;
  now: Date;
}

/**
 * Ends a run. What only this run wanted and nobody has claimed is undone: its operation goes, and a record that was
 * never in Xero becomes `excluded` with the reason `run-cancelled`, so that it stays visible and can be retried by hand
 * or found by the next full sweep. Everything that another run, an event, a schedule or a waiting record wants goes on,
 * and so does a record that is in Xero, or was set aside before: the checkpoint has passed its edit, and nobody would look
 * at it again.
 */
export async function cancelRun(sql: Sql, cancel: Cancel): Promise<boolean> {
  const { organizationId, runId, now } = cancel;
  const [run] = await sql.rows(
    `update run set status = 'cancelled', finished_at = $3
     where organization_id = $1 and id = $2 and status in ('queued', 'running') returning id`,
    [organizationId, runId, now],
  );
  if (run === undefined) return false;
  const undone = await undoOperations(sql, cancel);
  await sql.run(RESTORE_STATUS, [organizationId, undone, now]);
  await sql.run('delete from operation_wait where organization_id = $1 and binding_id = any ($2::uuid[])', [
    organizationId,
    undone,
  ]);
  await sql.run(`update run_operation set outcome = 'cancelled' where run_id = $1 and outcome is null`, [
    runId,
  ]);
  await sql.run('update run_sweep set done_at = $2 where run_id = $1 and done_at is null', [runId, now]);
  return true;
}

async function undoOperations(sql: Sql, { organizationId, runId }: Cancel): Promise<string[]> {
  const undone = await lockedIds(sql, ONLY_OURS, [organizationId, runId]);
  await sql.run('delete from sync_operation where organization_id = $1 and binding_id = any ($2::uuid[])', [
    organizationId,
    undone,
  ]);
  return undone;
}

const ONLY_OURS = `
  select o.binding_id from sync_operation o
  where o.organization_id = $1 and not o.wanted_elsewhere and o.claim_id is null
    and not exists (select from binding b
      where b.organization_id = $1 and b.id = o.binding_id
        and (b.xero_id is not null or b.status in ('parked', 'failed')))
    and o.binding_id = any (array(
      select r.binding_id from run_operation r where r.run_id = $2 and r.outcome is null))
    and not exists (select from run_operation r join run on run.id = r.run_id
      where r.binding_id = o.binding_id and r.run_id <> $2 and r.outcome is null
        and run.status in ('queued', 'running'))
  order by o.binding_id for update of o`;

/** `waiting` was a state of the operation that is gone: a linked record is in step as far as it ever was. */
const RESTORE_STATUS = `
  update binding set updated_at = $3,
    status = case when xero_id is null then 'excluded' else 'synced' end,
    reason = case when xero_id is null then 'run-cancelled' end
  where organization_id = $1 and id = any ($2::uuid[]) and status in ('pending', 'waiting')`;
