import { EXISTENCE } from '@sync/engine';
import type { Sql } from '../database/database.js';
import { jsonParameter } from '../database/json-parameter.js';
import { counts, type Judged, ofKind, type Settlement } from './settlement.js';

/** Nothing new was decided about the record. */
const UNDECIDED: ReadonlySet<Judged['outcome']['kind']> = new Set(['again', 'still-refused']);

/**
 * Keeps what is asked about records, and drops what is not asked any more; that a record may stay on one
 * side is remembered for as long as it does. With an outcome a write into the
 * CRM is settled, whatever it came to.
 */
export async function saveConflicts(
  sql: Sql,
  { organizationId, now }: Settlement,
  judged: readonly Judged[],
): Promise<void> {
  const ended = judged.filter(counts).filter(({ outcome }) => outcome.kind !== 'waiting');
  const decided = ended.filter(({ outcome }) => !UNDECIDED.has(outcome.kind) && !isHeld(outcome));
  const ids = decided.map(({ locked }) => locked.id);
  const rows = decided.flatMap(({ outcome, locked }) =>
    outcome.kind === 'parked' || outcome.kind === 'unchanged'
      ? (outcome.conflicts ?? []).map((conflict) => ({ ...conflict, binding_id: locked.id }))
      : [],
  );
  await sql.run('delete from crm_write where organization_id = $1 and binding_id = any ($2::uuid[])', [
    organizationId,
    ended.map(({ locked }) => locked.id),
  ]);
  await sql.run(
    `delete from conflict c where c.organization_id = $1 and c.binding_id = any ($2::uuid[])
       and not (c.field = '${EXISTENCE}' and c.choice is not null and c.binding_id = any ($5::uuid[]))
       and not exists (select from unnest($3::uuid[], $4::text[]) as k (binding_id, field)
         where k.binding_id = c.binding_id and k.field = c.field)`,
    [
      organizationId,
      ids,
      rows.map((row) => row.binding_id),
      rows.map(({ field }) => field),
      ofKind(decided, 'unchanged').map(({ locked }) => locked.id),
    ],
  );
  if (rows.length > 0) await sql.run(SAVE, [organizationId, jsonParameter(rows), now]);
}

/** What the brake holds is decided anew once somebody confirms, by what was chosen until then. */
function isHeld(outcome: Judged['outcome']): boolean {
  return outcome.kind === 'parked' && outcome.code === 'MASS_CHANGE_HELD';
}

/** A choice that was made meanwhile for the same values stays. */
const SAVE = `
  insert into conflict as c (organization_id, binding_id, field, crm_value, xero_value, crm_seen_at, xero_updated_at,
    choice, opened_at)
  select $1, r.binding_id, r.field, coalesce(r.crm, 'null'), coalesce(r.xero, 'null'), r."crmSeenAt", r."xeroUpdatedAt", r.choice, $3
  from jsonb_to_recordset($2::jsonb) as r (binding_id uuid, field text, crm jsonb, xero jsonb,
    "crmSeenAt" timestamptz, "xeroUpdatedAt" timestamptz, choice text)
  on conflict (binding_id, field) do update set
    choice = case when c.crm_value = excluded.crm_value and c.xero_value = excluded.xero_value
      then coalesce(c.choice, excluded.choice) else excluded.choice end,
    crm_value = excluded.crm_value, xero_value = excluded.xero_value, crm_seen_at = excluded.crm_seen_at,
    xero_updated_at = excluded.xero_updated_at`;
