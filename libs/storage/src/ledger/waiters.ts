import type { Sql } from '../database/database.js';
import { lockedIds, makeDue } from './make-due.js';

/**
 * Makes due every waiting operation whose parents are all settled, and every parked one whose awaited parents are all
 * bound. Rows that somebody holds are left for the next beat. A parent that no longer exists holds nobody up.
 */
export async function redriveWaiters(sql: Sql, now: Date): Promise<number> {
  return makeDue(sql, await lockedIds(sql, READY, [now]), now);
}

/** A parent's operation `p` is live: it is claimed or due now, so the parent may yet change. */
const LIVE = `(p.binding_id is not null and p.state = 'due' and (p.claim_id is not null or p.due_at <= $1))`;

/** Only one side of the parent is known. */
const HALF = '(b.xero_id is null or b.crm_id is null)';

const PARENTS = `
  select from operation_wait w
  join binding b on b.organization_id = w.organization_id and b.id = w.parent_id
  left join sync_operation p on p.binding_id = w.parent_id
  where w.organization_id = o.organization_id and w.binding_id = o.binding_id`;

const UNSETTLED_PARENT = `${PARENTS}
  and (${LIVE} or (${HALF} and b.status not in ('parked', 'failed', 'excluded')))`;

const UNBOUND_PARENT = `${PARENTS} and (${LIVE} or ${HALF})`;

const READY = `
  select o.binding_id from sync_operation o
  where (o.state = 'waiting' and not exists (${UNSETTLED_PARENT}))
     or (o.state = 'parked'
       and exists (select from operation_wait w
         where w.organization_id = o.organization_id and w.binding_id = o.binding_id)
       and not exists (${UNBOUND_PARENT}))
  order by o.binding_id for update skip locked`;
