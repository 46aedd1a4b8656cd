import type { Sql } from '../database/database.js';
import type { FindBinding } from '../ledger/ensure-bindings.js';
import { raiseOperations } from '../ledger/raise-operations.js';
import { type Judged, ofKind, type OutcomeOf, type Settlement } from './settlement.js';

/**
 * Records that go by another id: their operation moves there, with the runs that wait for it, and the stub goes away.
 * A binding that was already whole stays, excluded: its link must not be forgotten.
 */
export async function moveOperations(
  sql: Sql,
  settlement: Settlement,
  judged: readonly Judged[],
  find: FindBinding,
): Promise<void> {
  for (const entry of ofKind(judged, 'moved').filter(({ standing }) => standing !== 'lost')) {
    await move(sql, settlement, entry, find);
  }
}

async function move(
  sql: Sql,
  { organizationId, now }: Settlement,
  { outcome, locked }: Judged<OutcomeOf<'moved'>>,
  find: FindBinding,
): Promise<void> {
  const { id: from, entity, xeroId, crmId } = outcome.operation.binding;
  const to = find({ entity, crmId: outcome.crmId });
  if (to === from) throw new Error(`Record ${from} cannot move to its own id`);
  await raiseOperations(sql, {
    organizationId,
    lane: locked.lane,
    dueAt: now,
    now,
    wantedElsewhere: locked.wantedElsewhere,
    bindings: [{ id: to, entity }],
  });
  await sql.run(
    `insert into run_operation (organization_id, run_id, binding_id, entity)
     select organization_id, run_id, $3, entity from run_operation
     where organization_id = $1 and binding_id = $2 and outcome is null
     on conflict (run_id, binding_id) do update set outcome = null`,
    [organizationId, from, to],
  );
  const traces = xeroId === null || crmId === null ? [...OPERATION, ...RECORD] : [...OPERATION, EXCLUDE];
  for (const statement of traces) await sql.run(statement, [organizationId, from]);
}

const OPERATION = [
  'delete from run_operation where organization_id = $1 and binding_id = $2 and outcome is null',
  'delete from operation_wait where organization_id = $1 and binding_id = $2',
  'delete from sync_operation where organization_id = $1 and binding_id = $2',
];

const RECORD = [
  'delete from run_operation where organization_id = $1 and binding_id = $2',
  'delete from issue where organization_id = $1 and binding_id = $2',
  'delete from history_entry where organization_id = $1 and binding_id = $2',
  'delete from binding where organization_id = $1 and id = $2',
];

const EXCLUDE = `update binding set status = 'excluded', reason = 'moved' where organization_id = $1 and id = $2`;
