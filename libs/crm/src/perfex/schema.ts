import { CRM_ENTITIES, type CrmEntity, SyncError } from '@sync/domain';
import type { Query } from './database.js';
import { CORE_TABLES, OPTIONAL_COLUMNS, REQUIRED_COLUMNS, TABLES_OF } from './known-columns.js';
import type { PerfexTable } from './table-names.js';

/** What the tables of this installation have; versions and modules differ. */
export interface PerfexSchema {
  has(table: PerfexTable, column: string): boolean;
  /** Those whose tables are there. */
  entities: readonly CrmEntity[];
}

interface TableRow {
  tableName: string;
  columnNames: string;
}

/**
 * Looks at the columns that this user may read. Throws `validation` with CRM_SCHEMA_UNKNOWN, naming the tables or columns
 * that are missing, and the prefix that is there instead, if any. Tables of a module, and those that a user of an earlier
 * release may not read, only decide which entities there are.
 */
export async function readSchema(query: Query, prefix: string): Promise<PerfexSchema> {
  const tables = Object.keys(REQUIRED_COLUMNS) as PerfexTable[];
  const columns = [REQUIRED_COLUMNS, OPTIONAL_COLUMNS].flatMap((known) => Object.values(known).flat());
  const rows = await query<TableRow>(
    `select table_name as tableName, group_concat(lower(column_name)) as columnNames
     from information_schema.columns
     where table_schema = database() and table_name in (?) and column_name in (?) group by table_name`,
    [tables.map((table) => prefix + table), [...new Set(columns)]],
  );
  const found = new Map(rows.map(({ tableName, columnNames }) => [tableName, columnNames.split(',')]));
  const has = (table: PerfexTable, column: string): boolean =>
    found.get(prefix + table)?.includes(column) === true;
  await refuseMissingTables(query, {
    prefix,
    missing: CORE_TABLES.filter((table) => !found.has(prefix + table)),
  });
  refuseMissingColumns(prefix, has);
  return { has, entities: entitiesIn(has) };
}

function entitiesIn(has: PerfexSchema['has']): CrmEntity[] {
  const whole = (table: PerfexTable): boolean =>
    REQUIRED_COLUMNS[table].every((column) => has(table, column));
  return CRM_ENTITIES.filter((entity) => TABLES_OF[entity]?.every(whole) ?? true);
}

async function refuseMissingTables(
  query: Query,
  { prefix, missing }: { prefix: string; missing: readonly PerfexTable[] },
): Promise<void> {
  if (missing.length === 0) return;
  const names = missing.map((table) => prefix + table).join(', ');
  const other = await otherPrefixes(query, prefix);
  const hint = other.length === 0 ? '' : `; ${other.map(prefixHint).join('; ')}`;
  throw schemaUnknown(`it has no tables ${names}, or the database user may not read them${hint}`);
}

/** Prefixes under which all of the telling tables exist: "invoices" alone is in many databases. */
async function otherPrefixes(query: Query, prefix: string): Promise<string[]> {
  const rows = await query<{ name: string }>(
    `select left(a.table_name, char_length(a.table_name) - 8) as name
     from information_schema.tables a
     where a.table_schema = database() and a.table_name like '%invoices' and exists (
       select 1 from information_schema.tables b where b.table_schema = database()
       and b.table_name = concat(left(a.table_name, char_length(a.table_name) - 8), 'itemable'))`,
  );
  return rows.map(({ name }) => name).filter((name) => name !== prefix);
}

function prefixHint(prefix: string): string {
  return `tables named ${prefix}invoices were found: set the prefix to ${prefix === '' ? 'nothing' : prefix}`;
}

function refuseMissingColumns(prefix: string, has: PerfexSchema['has']): void {
  const missing = CORE_TABLES.flatMap((table) =>
    REQUIRED_COLUMNS[table]
      .filter((column) => !has(table, column))
      .map((column) => `${prefix}${table}.${column}`),
  );
  if (missing.length > 0) {
    throw schemaUnknown(`it has no columns ${missing.join(', ')}, or the database user may not read them`);
  }
}

function schemaUnknown(reason: string): SyncError {
  return new SyncError('validation', `The database does not look like Perfex CRM: ${reason}.`, {
    code: 'CRM_SCHEMA_UNKNOWN',
    meta: { reason },
  });
}
