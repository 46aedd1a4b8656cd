import type { Sql } from '../database/database.js';
import { raiseOperations } from '../ledger/raise-operations.js';
import type { FindBinding } from '../ledger/ensure-bindings.js';
import { counts, type Judged, ofKind, type Settlement } from './settlement.js';

/** A record that is gone from the CRM, and the record of Xero that another one takes from it. */
type Gone = Parameters<typeof raiseOperations>[1]['bindings'][number] & { xeroId: string };

/** Takes links from records that are gone from the CRM, before those that were entered there anew get them. */
export async function giveUpLinks(
  sql: Sql,
  { organizationId, now }: Settlement,
  judged: readonly Judged[],
  find: FindBinding,
): Promise<Gone[]> {
  const gone = ofKind(judged.filter(counts), 'written').flatMap(({ outcome }) => {
    const { entity } = outcome.operation.binding;
    const { xeroId } = outcome.xero;
    return (outcome.takesFrom ?? []).map((crmId) => ({ id: find({ entity, crmId }), entity, xeroId }));
  });
  if (gone.length > 0) {
    await sql.run(GIVE_UP, [organizationId, gone.map(({ id }) => id), gone.map(({ xeroId }) => xeroId), now]);
  }
  return gone;
}

const GIVE_UP = `
  update binding b set xero_id = null, crm_snapshot = null, crm_hash = null, xero_snapshot = null, xero_hash = null,
    xero_derived = null, xero_updated_at = null, updated_at = $4
  from unnest($2::uuid[], $3::text[]) as g (id, xero_id)
  where b.organization_id = $1 and b.id = g.id and b.xero_id = g.xero_id`;

/** Without its link a record that is gone has nothing left to be told: it is looked at again, and says so itself. */
export async function lookAtGone(
  sql: Sql,
  { organizationId, now }: Settlement,
  gone: readonly Gone[],
): Promise<void> {
  if (gone.length === 0) return;
  const raise = { organizationId, lane: 'backfill', dueAt: now, now, wantedElsewhere: true } as const;
  await raiseOperations(sql, { ...raise, bindings: gone });
}
