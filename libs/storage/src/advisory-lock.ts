import type { Database } from './database/database.js';

/**
 * Runs `work` while holding the session lock of this name on a connection of its own; null when somebody else holds it.
 * The lock ends with its connection: work that must not run twice needs a fence besides.
 */
export function withAdvisoryLock<Result>(
  database: Database,
  name: string,
  work: () => Promise<Result>,
): Promise<Result | null> {
  return database.ownConnection(async (sql) => {
    const [lock] = await sql.rows<{ held: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as held',
      [name],
    );
    if (lock?.held !== true) return null;
    try {
      return await work();
    } finally {
      await sql.rows('select pg_advisory_unlock(hashtextextended($1, 0))', [name]);
    }
  });
}
