import type { HintStore } from '@sync/engine';
import type { Clock, IssueCode } from '@sync/domain';
import { chunks } from '../database/chunks.js';
import type { Database, Sql } from '../database/database.js';
import type { GrowingTable, Statistics } from '../database/statistics.js';
import { ensureBindings, type KnownBinding } from './ensure-bindings.js';
import { lockedIds, makeDue } from './make-due.js';
import { raiseOperations } from './raise-operations.js';

/** `changed`: the CRM said that they changed, and did not merely list them; default: so do events. */
type HintRequest = Parameters<HintStore['hint']>[0] & { changed?: boolean };

/** What hints add rows to. */
export const HINTED_TABLES: readonly GrowingTable[] = ['binding', 'sync_operation', 'run_operation'];

/** Hints and re-drives. */
export function createHintStore(database: Database, clock: Clock, statistics: Statistics): HintStore {
  return {
    hint: async (request) => {
      const counts = await database.transaction((sql) => storeHints(sql, request, clock.now()));
      await statistics.grew(HINTED_TABLES, counts.created);
      return counts;
    },
    redrive: (organizationId, bindingIds, lane) =>
      database.transaction(async (sql) => {
        const now = clock.now();
        const bindings = await sql.rows<Pick<KnownBinding, 'id' | 'entity'>>(
          'select id, entity from binding where organization_id = $1 and id = any ($2::uuid[])',
          [organizationId, bindingIds],
        );
        const raise = { organizationId, lane, dueAt: now, now, wantedElsewhere: true, bindings };
        const { created, raised } = await raiseOperations(sql, raise);
        return created + raised;
      }),
    redriveParked: (organizationId, codes) =>
      database.transaction((sql) => redriveParked(sql, organizationId, codes, clock.now())),
  };
}

/** Stores hints within the caller's transaction. A run that is over waits for nothing: its hints count as anyone's. */
export async function storeHints(
  sql: Sql,
  request: HintRequest,
  now: Date,
): Promise<{ created: number; raised: number }> {
  const { organizationId, lane, hints, changed = lane === 'event', listed = false } = request;
  const runId = request.runId === undefined ? null : await openRun(sql, organizationId, request.runId, now);
  const bindings = await ensureBindings(sql, { organizationId, hints, now });
  const counts = await raiseOperations(sql, {
    organizationId,
    lane,
    dueAt: request.dueAt ?? now,
    now,
    wantedElsewhere: runId === null,
    ...(hints.some((hint) => 'crmId' in hint) ? { byCrm: changed ? 'changed' : 'listed' } : {}),
    keepsRefusal: listed,
    bindings,
  });
  if (runId !== null) await addToRun(sql, organizationId, runId, bindings);
  return counts;
}

/**
 * The run, if it is still open; it runs from its first hint on. The shared lock comes last: two transactions that both
 * held it and then wanted to write would wait for each other.
 */
async function openRun(sql: Sql, organizationId: string, runId: string, now: Date): Promise<string | null> {
  await sql.run(`update run set status = 'running', started_at = $2 where id = $1 and status = 'queued'`, [
    runId,
    now,
  ]);
  const [run] = await sql.rows<{ id: string }>(
    `select id from run where organization_id = $1 and id = $2 and status = 'running' for share`,
    [organizationId, runId],
  );
  return run?.id ?? null;
}

async function addToRun(
  sql: Sql,
  organizationId: string,
  runId: string,
  bindings: readonly KnownBinding[],
): Promise<void> {
  for (const part of chunks(bindings)) {
    await sql.run(
      `insert into run_operation (organization_id, run_id, binding_id, entity)
       select $1, $2, b.id, b.entity from unnest($3::uuid[], $4::text[]) as b (id, entity)
       on conflict (run_id, binding_id) do update set outcome = null`,
      [organizationId, runId, part.map((binding) => binding.id), part.map((binding) => binding.entity)],
    );
  }
}

/** Makes due what is parked with an open issue of one of these codes; within the caller's transaction. */
export async function redriveParked(
  sql: Sql,
  organizationId: string,
  codes: readonly IssueCode[],
  now: Date,
): Promise<number> {
  const parked = await lockedIds(
    sql,
    `select o.binding_id from sync_operation o
     where o.organization_id = $1 and o.state = 'parked' and o.binding_id = any (array(
       select i.binding_id from issue i where i.organization_id = $1 and i.resolved_at is null
         and i.code = any ($2) and i.binding_id is not null))
     order by o.binding_id for update`,
    [organizationId, codes],
  );
  return makeDue(sql, parked, now);
}
