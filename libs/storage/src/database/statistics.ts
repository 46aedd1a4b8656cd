import type { Database } from './database.js';

const FIRST_AT = 500;

/** Keeps the planner's knowledge of a table in step with its growth. */
export interface Statistics {
  /** So many rows were added, outside of a transaction that is still open. */
  grew(tables: readonly GrowingTable[], rows: number): Promise<void>;
}

/** The tables that a first sync fills within seconds. */
export type GrowingTable = 'binding' | 'sync_operation' | 'run_operation' | 'xero_identity';

/**
 * A first sync fills empty tables and reads them at once, a minute before autovacuum looks; until then the planner takes
 * them for tiny and reads an organization's every row for each batch (50 times slower, measured with 20,000). So they
 * are analyzed at 500 rows, and each time that what was added has doubled.
 */
export function createStatistics(database: Database): Statistics {
  const added = new Map<GrowingTable, { rows: number; nextAt: number }>();
  return {
    grew: async (tables, rows) => {
      for (const table of tables) {
        const growth = added.get(table) ?? { rows: 0, nextAt: FIRST_AT };
        growth.rows += rows;
        added.set(table, growth);
        if (growth.rows < growth.nextAt) continue;
        growth.nextAt = growth.rows * 2;
        await database.run(`analyze ${table}`);
      }
    },
  };
}
