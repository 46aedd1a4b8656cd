import { type Fence, LeaseLost } from '@sync/engine';
import type { Sql } from '../database/database.js';

/**
 * Holds the lease row for the rest of the transaction, so that nobody takes the lease over between this check and the
 * commit; throws `LeaseLost` if somebody did before.
 */
export async function assertFence(sql: Sql, fence: Fence): Promise<void> {
  const [lease] = await sql.rows<{ fence: number }>(
    'select fence from connection_lease where connection_id = $1 for share',
    [fence.connectionId],
  );
  if (lease?.fence !== fence.number) throw new LeaseLost(fence.connectionId);
}
