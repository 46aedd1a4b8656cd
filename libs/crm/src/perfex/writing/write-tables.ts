import type { Statements } from '../connection-session.js';
import { serverErrorOf } from '../mysql-errors.js';
import { LINK_TABLE, linkTableSql } from './link-table.js';
import { Refusal } from './refusal.js';
import type { Right, Rights } from './writer.js';
import type { Column, WrittenTable } from './write-session.js';

/** The tables that an entity is written to, as they were found to be. */
export type WriteTables = ReadonlyMap<WrittenTable, readonly Column[]>;

/** Whose tables are looked at. */
export interface WriteTarget {
  prefix: string;
  rights: Rights;
}

/** What our own table needs. */
const LINK_RIGHTS = ['INSERT', 'UPDATE', 'DELETE'] as const satisfies readonly Right[];

const DENIED = new Set([
  'ER_TABLEACCESS_DENIED_ERROR',
  'ER_COLUMNACCESS_DENIED_ERROR',
  'ER_DBACCESS_DENIED_ERROR',
]);

/** What statements that change nothing say: the server asks for the right all the same, whoever has given it how. */
const PROBES: Readonly<Record<Right, (table: string, key: string) => string>> = {
  INSERT: (table, key) => `insert into ${table} (${key}) select ${key} from ${table} where 1 = 0`,
  UPDATE: (table, key) => `update ${table} set ${key} = ${key} where 1 = 0`,
  DELETE: (table) => `delete from ${table} where 1 = 0`,
};

/**
 * Makes our own table if it is not there, and looks whether everything can be written, before anything is: throws a
 * `Refusal` that names all rights that are missing, or the tables that know no transactions.
 */
export async function prepareTables(statements: Statements, target: WriteTarget): Promise<WriteTables> {
  const written = Object.entries(target.rights) as [WrittenTable, readonly Right[]][];
  const missing = await makeLinkTable(statements, target.prefix);
  const columns = await columnsOf(
    statements,
    target.prefix,
    written.map(([table]) => table),
  );
  await statements.run(`set session sql_mode = ''`);
  for (const [table, rights] of [...written, [LINK_TABLE, LINK_RIGHTS] as const]) {
    if (table === LINK_TABLE && missing.length > 0) continue;
    const key = table === LINK_TABLE ? 'entity' : (columns.get(table)?.[0]?.name ?? 'id');
    const lacks = await missingRights(statements, { name: target.prefix + table, key, rights });
    if (lacks.length > 0) missing.push(`${lacks.join(', ')} on ${target.prefix}${table}`);
  }
  if (missing.length > 0) throw new Refusal('CRM_WRITE_NOT_ALLOWED', { missing: missing.join('; ') });
  await refuseWithoutTransactions(statements, target.prefix, [
    ...written.map(([table]) => table),
    LINK_TABLE,
  ]);
  return columns;
}

/** Gives what is missing if it cannot be made. */
async function makeLinkTable({ query, run }: Statements, prefix: string): Promise<string[]> {
  const name = prefix + LINK_TABLE;
  const there = await query(
    'select 1 from information_schema.tables where table_schema = database() and table_name = ?',
    [name],
  );
  if (there.length > 0) return [];
  try {
    await run(linkTableSql(`\`${name}\``));
    return [];
  } catch (error) {
    if (!DENIED.has(serverErrorOf(error).code)) throw error;
    return [`SELECT, ${LINK_RIGHTS.join(', ')}, CREATE on ${name}`];
  }
}

async function missingRights(
  { run }: Statements,
  { name, key, rights }: { name: string; key: string; rights: readonly Right[] },
): Promise<Right[]> {
  const missing: Right[] = [];
  for (const right of rights) {
    try {
      await run(PROBES[right](`\`${name}\``, `\`${key}\``));
    } catch (error) {
      if (!DENIED.has(serverErrorOf(error).code)) throw error;
      missing.push(right);
    }
  }
  return missing;
}

async function columnsOf(
  { query }: Statements,
  prefix: string,
  tables: readonly WrittenTable[],
): Promise<Map<WrittenTable, Column[]>> {
  const rows = await query<Column & { tableName: string; mustBeGiven: number }>(
    `select table_name as tableName, column_name as name, lower(data_type) as type,
       is_nullable = 'NO' and column_default is null and extra not like '%auto_increment%' as mustBeGiven
     from information_schema.columns where table_schema = database() and table_name in (?)
     order by table_name, ordinal_position`,
    [tables.map((table) => prefix + table)],
  );
  return new Map(
    tables.map((table) => [
      table,
      rows
        .filter(({ tableName }) => tableName === prefix + table)
        .map(({ name, type, mustBeGiven }) => ({ name, type, mustBeGiven: mustBeGiven === 1 })),
    ]),
  );
}

/** Of a MyISAM table half a record would remain when the connection breaks, and no lock would hold. */
async function refuseWithoutTransactions(
  { query }: Statements,
  prefix: string,
  tables: readonly string[],
): Promise<void> {
  const rows = await query<{ name: string }>(
    `select table_name as name from information_schema.tables
     where table_schema = database() and table_name in (?) and coalesce(engine, '') <> 'InnoDB' order by table_name`,
    [tables.map((table) => prefix + table)],
  );
  if (rows.length === 0) return;
  throw new Refusal('CRM_TABLES_WITHOUT_TRANSACTIONS', { tables: rows.map(({ name }) => name).join(', ') });
}
