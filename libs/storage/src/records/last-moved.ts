import { SETTLES } from '@sync/engine';
import { ENTITIES } from '@sync/domain';
import type { Sql } from '../database/database.js';

/**
 * When records of Xero, or what settles them, last changed there. A payment that goes makes room for another, and moves the
 * invoice only once that is read again.
 */
export async function lastMoved(
  sql: Sql,
  organizationId: string,
  xeroIds: readonly string[],
): Promise<Map<string, Date>> {
  const rows = await sql.rows<{ id: string; at: Date }>(
    `select id, max(at) as at from (
       select x.xero_id as id, x.updated_at as at from xero_identity x
       where x.organization_id = $1 and x.entity = any ($3) and x.xero_id = any ($2)
       union all
       select x.parent_xero_id, x.updated_at from xero_identity x
       where x.organization_id = $1 and x.entity = any ($4) and x.parent_xero_id = any ($2)) as moves
     where at is not null group by id`,
    [organizationId, xeroIds, ENTITIES, Object.keys(SETTLES)],
  );
  return new Map(rows.map(({ id, at }) => [id, at]));
}
