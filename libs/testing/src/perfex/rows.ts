import type { Connection, ResultSetHeader } from 'mysql2/promise';

/** A row to be inserted, by column. */
export type NewRow = Readonly<Record<string, string | number | null>>;

/** Inserts rows, all of them with the same columns, into a table given by its full name. */
export async function insertRows(
  connection: Connection,
  table: string,
  rows: readonly NewRow[],
): Promise<number> {
  const columns = Object.keys(rows[0] ?? {});
  if (columns.length === 0) return 0;
  const values = rows.map((row) => columns.map((column) => row[column] ?? null));
  const [result] = await connection.query<ResultSetHeader>('insert into ?? (??) values ?', [
    table,
    columns,
    values,
  ]);
  return result.insertId;
}
