import type { Query } from '../database.js';
import type { PerfexSchema } from '../schema.js';
import type { PerfexTable, TableNames } from '../table-names.js';

/** One consistent look at the data, and what is known of its shape. */
export interface PerfexSession {
  query: Query;
  tables: TableNames;
  schema: PerfexSchema;
}

/** A column that only some versions or modules have, as SQL; null where this installation lacks it. */
export function columnOrNull({ schema }: PerfexSession, table: PerfexTable, column: string): string {
  return schema.has(table, column) ? column : 'null';
}
