import type { WriteBasis } from '@sync/engine';
import type { Sql } from '../database/database.js';
import { jsonParameter } from '../database/json-parameter.js';
import type { Judged, Settlement } from './settlement.js';

/** What becomes of an operation's row; `waiting` and `moved` are dealt with apart. */
type Fate = { kind: 'gone' } | Stays | { kind: 'raised' } | { kind: 'left' };

interface Stays {
  kind: 'stays';
  state: 'due' | 'parked';
  due_at: Date | null;
  attempts: number;
  looked_again: boolean;
  /** What the write rested on that Xero refused. */
  refused_hash?: string | null;
  refused_on?: readonly string[] | null;
  /** It is as it was refused before. */
  still_refused?: boolean;
}

/** Closes, parks or puts back the operations of these outcomes. */
export async function closeOperations(
  sql: Sql,
  { organizationId, now }: Settlement,
  judged: readonly Judged[],
): Promise<void> {
  const fates = judged.map((entry) => ({ id: entry.locked.id, fate: fateOf(entry) }));
  const ids = (kind: Fate['kind']) => fates.filter(({ fate }) => fate.kind === kind).map(({ id }) => id);
  const stays = fates.flatMap(({ id, fate }) => (fate.kind === 'stays' ? [{ ...fate, id }] : []));
  await sql.run('delete from operation_wait where organization_id = $1 and binding_id = any ($2::uuid[])', [
    organizationId,
    [...ids('gone'), ...ids('stays')],
  ]);
  await sql.run('delete from sync_operation where organization_id = $1 and binding_id = any ($2::uuid[])', [
    organizationId,
    ids('gone'),
  ]);
  await sql.run(
    `update sync_operation set version = version + 1 where organization_id = $1 and binding_id = any ($2::uuid[])`,
    [organizationId, ids('raised')],
  );
  if (stays.length > 0) await sql.run(STAY, [organizationId, jsonParameter(stays), now]);
}

const STAY = `
  update sync_operation o set state = s.state, due_at = coalesce(s.due_at, o.due_at), attempts = s.attempts,
    looked_again = s.looked_again, claim_id = null, claim_fence = null,
    refused_hash = case when s.still_refused then o.refused_hash else s.refused_hash end,
    refused_on = case when s.still_refused then o.refused_on else s.refused_on end,
    refused_at = case when s.still_refused then o.refused_at when s.refused_hash is not null then $3::timestamptz end
  from jsonb_to_recordset($2::jsonb) as s (id uuid, state text, due_at timestamptz, attempts integer,
    looked_again boolean, refused_hash text, refused_on text[], still_refused boolean)
  where o.organization_id = $1 and o.binding_id = s.id`;

function fateOf({ outcome, standing, locked }: Judged): Fate {
  if (standing === 'lost') return lostFate(outcome.kind === 'written', locked.created);
  if (outcome.kind === 'moved') return { kind: 'left' };
  const stays = { kind: 'stays', due_at: null, attempts: 0, looked_again: false } as const;
  if (standing === 'raised') return { ...stays, state: 'due' };
  switch (outcome.kind) {
    case 'written':
      if (outcome.problem !== null) return { ...stays, state: 'parked', ...refusedIn(outcome) };
      return outcome.more ? { ...stays, state: 'due' } : { kind: 'gone' };
    case 'renewed':
      return { ...stays, state: 'due' };
    case 'unchanged':
    case 'excluded':
      return outcome.lookAgainAt === null
        ? { kind: 'gone' }
        : { ...stays, state: 'due', due_at: outcome.lookAgainAt, looked_again: true };
    case 'parked':
      return { ...stays, state: 'parked', ...refusedIn(outcome) };
    case 'still-refused':
      return { ...stays, state: 'parked', still_refused: true };
    case 'again':
      return { ...stays, ...again(outcome, locked.attempts) };
    case 'waiting':
      return { kind: 'left' };
  }
}

function refusedIn({ basis }: { basis?: WriteBasis }): Pick<Stays, 'refused_hash' | 'refused_on'> {
  return basis ? { refused_hash: basis.hash, refused_on: basis.hangsOn } : {};
}

function again(
  outcome: { dueAt: Date; free: boolean; operation: { lookedAgain: boolean } },
  attempts: number,
): { state: 'due'; due_at: Date; attempts: number; looked_again: boolean } {
  return {
    state: 'due',
    due_at: outcome.dueAt,
    attempts: outcome.free ? attempts : attempts + 1,
    looked_again: outcome.operation.lookedAgain,
  };
}

/**
 * A write whose claim is no longer ours is a hint: whoever holds the operation now may have read before it. A row that
 * did not exist and that nothing was written for was only made to be locked.
 */
function lostFate(written: boolean, created: boolean): Fate {
  if (written) return { kind: 'raised' };
  return created ? { kind: 'gone' } : { kind: 'left' };
}
