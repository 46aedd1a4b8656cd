import type { Connection } from 'mysql2/promise';
/** A row to be inserted, by column. */
export type NewRow = Readonly<Record<string, string | number | null>>;
/** Inserts rows, all of them with the same columns, into a table given by its full name. */
export declare function insertRows(connection: Connection, table: string, rows: readonly NewRow[]): Promise<number>;
