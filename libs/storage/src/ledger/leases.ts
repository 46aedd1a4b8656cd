import type { LeaseStore } from '@sync/engine';
import type { Database } from '../database/database.js';

/**
 * Leases by the database's clock, whatever the clock of the process says: they guard against two holders at once, and
 * two machines never agree on the time.
 */
export function createLeaseStore(database: Database): LeaseStore {
  return {
    acquire: async (connectionId, holder, ttlMs) => {
      const [lease] = await database.rows<{ fence: number }>(
        `insert into connection_lease as l (connection_id, holder, fence, expires_at)
         values ($1, $2, 1, clock_timestamp() + $3 * interval '1 ms')
         on conflict (connection_id) do update
           set holder = excluded.holder, fence = l.fence + 1,
               expires_at = clock_timestamp() + $3 * interval '1 ms'
           where l.expires_at <= clock_timestamp()
         returning fence`,
        [connectionId, holder, ttlMs],
      );
      return lease === undefined ? null : { connectionId, number: lease.fence };
    },
    renew: async (fence, ttlMs) => {
      const renewed = await database.run(
        `update connection_lease set expires_at = clock_timestamp() + $3 * interval '1 ms'
         where connection_id = $1 and fence = $2`,
        [fence.connectionId, fence.number, ttlMs],
      );
      return renewed === 1;
    },
    release: async (fence) => {
      await database.run(
        // Not "now": rounded to the column's milliseconds that may lie ahead, and the next holder would be turned away.
        `update connection_lease set expires_at = 'epoch' where connection_id = $1 and fence = $2`,
        [fence.connectionId, fence.number],
      );
    },
  };
}
