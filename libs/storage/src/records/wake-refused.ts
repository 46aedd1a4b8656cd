import { SETTLES, type XeroRecord } from '@sync/engine';
import type { Sql } from '../database/database.js';
import { lockedIds, makeDue } from '../ledger/make-due.js';
import type { RecordsRead } from './absorb-records.js';

/**
 * Makes due what Xero refused and what hangs on records that changed there since, or whose settlements did: a payment that
 * goes makes room for another. What we wrote to a record ourselves is no reason to write it again. Rows that somebody
 * holds are being looked at already. Returns how many there were.
 */
export async function wakeRefused(
  sql: Sql,
  { organizationId, entity, seenAt }: RecordsRead,
  changed: readonly XeroRecord[],
): Promise<number> {
  const moves = changed.flatMap(({ xeroId, keys, updatedAt }) =>
    [xeroId, entity in SETTLES ? keys.parentXeroId : null].flatMap((id) =>
      id === null ? [] : [{ id, updatedAt }],
    ),
  );
  if (moves.length === 0) return 0;
  const refused = await lockedIds(sql, HANGING_ON, [
    organizationId,
    moves.map(({ id }) => id),
    moves.map(({ updatedAt }) => updatedAt),
  ]);
  return makeDue(sql, refused, seenAt);
}

const HANGING_ON = `
  select o.binding_id from sync_operation o
  join binding b on b.organization_id = o.organization_id and b.id = o.binding_id
  where o.organization_id = $1 and o.state = 'parked' and o.refused_on is not null and o.refused_on && $2::text[]
    and exists (select from unnest($2::text[], $3::timestamptz[]) as m (id, at)
      where m.id = any (o.refused_on)
        and not (m.id = b.xero_id and m.at is not null and b.xero_updated_at is not null and m.at <= b.xero_updated_at))
  order by o.binding_id for update of o skip locked`;
