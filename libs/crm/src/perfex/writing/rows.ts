import type { Column, WriteSession, WrittenTable } from './write-session.js';

/** Values by column; a column that this installation does not have is left out. */
export type Values = Readonly<Record<string, string | number | null | undefined>>;

const NUMBERS = new Set([
  'tinyint',
  'smallint',
  'mediumint',
  'int',
  'bigint',
  'decimal',
  'float',
  'double',
  'bit',
]);

/** Inserts a row and gives its key. What a module added and wants to be given gets the empty value of its type. */
export async function insertRow(session: WriteSession, table: WrittenTable, values: Values): Promise<number> {
  const columns = session.columns(table);
  const given = known(columns, values);
  for (const column of columns) {
    if (column.mustBeGiven && !given.has(column.name)) given.set(column.name, emptyValue(column, session));
  }
  const names = [...given.keys()].map(quoted).join(', ');
  const { insertId } = await session.run(`insert into ${session.writtenTable(table)} (${names}) values (?)`, [
    [...given.values()],
  ]);
  return insertId;
}

/** Changes columns of one row, given by its key. */
export async function updateRow(
  session: WriteSession,
  table: WrittenTable,
  { key = 'id', id, values }: { key?: string; id: number; values: Values },
): Promise<void> {
  const given = known(session.columns(table), values);
  if (given.size === 0) return;
  const settings = [...given.keys()].map((name) => `${quoted(name)} = ?`).join(', ');
  await session.run(`update ${session.writtenTable(table)} set ${settings} where ${key} = ?`, [
    ...given.values(),
    id,
  ]);
}

function known(columns: readonly Column[], values: Values): Map<string, string | number | null> {
  const names = new Set(columns.map(({ name }) => name));
  return new Map(
    Object.entries(values).filter(
      (entry): entry is [string, string | number | null] => names.has(entry[0]) && entry[1] !== undefined,
    ),
  );
}

function emptyValue({ type }: Column, { now }: WriteSession): string | number {
  if (NUMBERS.has(type)) return 0;
  if (type === 'date') return now.date;
  return type === 'datetime' || type === 'timestamp' ? now.dateTime : '';
}

function quoted(column: string): string {
  return `\`${column.replaceAll('`', '``')}\``;
}
