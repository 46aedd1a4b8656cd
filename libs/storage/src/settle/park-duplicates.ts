import type { Entity } from '@sync/domain';
import type { Sql } from '../database/database.js';
import type { Judged, OutcomeOf } from './settlement.js';
import { ofKind } from './settlement.js';

const MAY_SHARE: ReadonlySet<Entity> = new Set(['customers', 'taxes']);

/**
 * Two records that claim one record of Xero: the later one parks. The table would refuse it too, but with it everything
 * else that is being settled.
 */
export async function parkDuplicates(
  sql: Sql,
  organizationId: string,
  judged: readonly Judged[],
): Promise<Judged[]> {
  const claims = ofKind(judged, 'written').filter(
    ({ outcome }) => !MAY_SHARE.has(outcome.operation.binding.entity),
  );
  if (claims.length === 0) return [...judged];
  const holders = await currentHolders(sql, organizationId, claims);
  const refused = new Set(
    claims.filter((claim) => !takes(holders, claim.outcome)).map((claim) => claim.outcome),
  );
  return judged.map((entry) =>
    entry.outcome.kind === 'written' && refused.has(entry.outcome)
      ? { ...entry, outcome: parked(entry.outcome) }
      : entry,
  );
}

/** The binding that holds each record of Xero. */
async function currentHolders(
  sql: Sql,
  organizationId: string,
  claims: readonly Judged<OutcomeOf<'written'>>[],
): Promise<Map<string, string>> {
  const rows = await sql.rows<{ entity: Entity; xero_id: string; id: string }>(
    `select b.entity, b.xero_id, b.id from unnest($2::text[], $3::text[]) as c (entity, xero_id)
     join binding b on b.organization_id = $1 and b.entity = c.entity and b.xero_id = c.xero_id`,
    [
      organizationId,
      claims.map(({ outcome }) => outcome.operation.binding.entity),
      claims.map(({ outcome }) => outcome.xero.xeroId),
    ],
  );
  return new Map(rows.map((row) => [`${row.entity} ${row.xero_id}`, row.id]));
}

function takes(holders: Map<string, string>, outcome: OutcomeOf<'written'>): boolean {
  const { binding } = outcome.operation;
  const claimed = `${binding.entity} ${outcome.xero.xeroId}`;
  const holder = holders.get(claimed) ?? binding.id;
  holders.set(claimed, holder);
  return holder === binding.id;
}

function parked({ operation, label, xero }: OutcomeOf<'written'>): OutcomeOf<'parked'> {
  return { operation, kind: 'parked', code: 'DUPLICATE_CLAIM', meta: { xeroId: xero.xeroId }, label };
}
