import { SyncError } from '@sync/domain';
import type { Query } from './database.js';
import type { PerfexTable } from './table-names.js';

/** What the tables of this installation have; versions and modules differ. */
export interface PerfexSchema {
  has(table: PerfexTable, column: string): boolean;
}

/** Columns without which a table cannot be read: those that Perfex 2.9.4 to 3.4.0 share. */
const REQUIRED: Readonly<Record<PerfexTable, readonly string[]>> = {
  clients: names(`userid company vat phonenumber address city state zip country billing_street billing_city
    billing_state billing_zip billing_country datecreated active default_currency registration_confirmed`),
  contacts: names('id userid is_primary firstname lastname email phonenumber active invoice_emails'),
  countries: names('country_id short_name'),
  credits: names('id invoice_id amount'),
  currencies: names('id name isdefault'),
  invoicepaymentrecords: names('id invoiceid amount paymentmode date daterecorded transactionid'),
  invoices:
    names(`id clientid number prefix number_format datecreated date duedate currency subtotal total_tax
    total adjustment discount_total discount_type status`),
  item_tax: names('id itemid rel_id rel_type taxrate taxname'),
  itemable: names('id rel_id rel_type description long_description qty rate item_order'),
  items: names('id description long_description rate tax tax2'),
  options: names('name value'),
  payment_modes: names('id name active'),
  taxes: names('id name taxrate'),
};

/** Columns that only some versions or modules have. */
const OPTIONAL: Partial<Record<PerfexTable, readonly string[]>> = {
  invoices: ['formatted_number'],
  itemable: ['is_optional', 'is_selected'],
  items: ['sku_code', 'commodity_code'],
};

const TABLES = Object.keys(REQUIRED) as PerfexTable[];

function names(text: string): string[] {
  return text.split(/\s+/);
}

interface ColumnRow {
  tableName: string;
  columnName: string;
}

/**
 * Looks at the columns that this user may read. Throws `validation` with CRM_SCHEMA_UNKNOWN, naming the tables or columns
 * that are missing, and the prefix that is there instead, if any.
 */
export async function readSchema(query: Query, prefix: string): Promise<PerfexSchema> {
  const columns = [...new Set([...Object.values(REQUIRED), ...Object.values(OPTIONAL)].flat())];
  const rows = await query<ColumnRow>(
    `select table_name as tableName, column_name as columnName from information_schema.columns
     where table_schema = database() and table_name in (?) and column_name in (?)`,
    [TABLES.map((table) => prefix + table), columns],
  );
  const found = new Map<string, Set<string>>();
  for (const { tableName, columnName } of rows) {
    const known = found.get(tableName) ?? new Set();
    found.set(tableName, known.add(columnName.toLowerCase()));
  }
  const has = (table: PerfexTable, column: string): boolean =>
    found.get(prefix + table)?.has(column) === true;
  await refuseMissingTables(query, { prefix, missing: TABLES.filter((table) => !found.has(prefix + table)) });
  refuseMissingColumns(prefix, has);
  return { has };
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
  const missing = TABLES.flatMap((table) =>
    REQUIRED[table].filter((column) => !has(table, column)).map((column) => `${prefix}${table}.${column}`),
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
