import type { Sql } from '../database/database.js';

/**
 * Makes these operations due, which the caller holds locked. Their ids come as a plain list: joined to the query that
 * found them, the planner guesses one row and compares every one with every other.
 */
export async function makeDue(sql: Sql, ids: readonly string[], now: Date): Promise<number> {
  if (ids.length === 0) return 0;
  return sql.run(
    `update sync_operation set state = 'due', due_at = $2, version = version + 1, attempts = 0, looked_again = false,
       refused_hash = null, refused_on = null, refused_at = null
     where binding_id = any ($1::uuid[]) and state <> 'due'`,
    [ids, now],
  );
}

/** The ids that a locking query found. */
export async function lockedIds(
  sql: Sql,
  statement: string,
  parameters: readonly unknown[],
): Promise<string[]> {
  const rows = await sql.rows<{ binding_id: string }>(statement, parameters);
  return rows.map((row) => row.binding_id);
}
