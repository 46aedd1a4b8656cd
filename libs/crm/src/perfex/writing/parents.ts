import { plain, type TaxComponent } from '@sync/domain';
import { rowIdOf } from '../reading/row-id.js';
import { insertRow } from './rows.js';
import { Refusal, refused } from './refusal.js';
import { storableTax } from './storable-line.js';
import type { WriteSession } from './write-session.js';

const PARENTS = {
  customers: { name: 'customer', table: 'clients', key: 'userid' },
  invoices: { name: 'invoice', table: 'invoices', key: 'id' },
  'credit-notes': { name: 'credit note', table: 'creditnotes', key: 'id' },
} as const;

/**
 * The key of a parent; refuses where the CRM does not have it. Its row is locked: so that it stays, and where its status
 * follows from what is written here, so that nobody else writes it meanwhile.
 */
export async function lockParent(
  { query, tables }: WriteSession,
  entity: keyof typeof PARENTS,
  id: string,
): Promise<number> {
  const { name, table, key } = PARENTS[entity];
  const mode = entity === 'customers' ? 'lock in share mode' : 'for update';
  const rowId = rowIdOf(id);
  const rows =
    rowId === null ? [] : await query(`select 1 from ${tables(table)} where ${key} = ? ${mode}`, [rowId]);
  if (rowId !== null && rows.length > 0) return rowId;
  throw new Refusal('PARENT_MISSING', { parent: name, parentId: id });
}

/** The row of a currency; refuses one that is not set up. Null stands for the base currency, as 0. */
export async function currencyId({ query, tables }: WriteSession, code: string | null): Promise<number> {
  if (code === null) return 0;
  const rows = await query<{ id: number; name: string }>(
    `select id, name from ${tables('currencies')} order by isdefault desc, id`,
  );
  const found = rows.find(({ name }) => name.trim().toUpperCase() === code);
  if (found) return found.id;
  throw refused(`the currency ${code} is not set up in Perfex`);
}

/** The rows of a record's taxes, the missing ones made; at most two, since Perfex has no room for more. */
export async function linkedTaxIds(
  session: WriteSession,
  taxes: readonly TaxComponent[],
): Promise<{ tax: number | null; tax2: number }> {
  if (taxes.length > 2) throw refused(`it has ${taxes.length} taxes, and Perfex keeps two`);
  const ids: number[] = [];
  for (const tax of taxes) ids.push(await taxId(session, tax));
  return { tax: ids[0] ?? null, tax2: ids[1] ?? 0 };
}

/** The row of one tax, made if there is none. The whole table is locked, which is short and has no index on names. */
export async function taxId(session: WriteSession, component: TaxComponent): Promise<number> {
  const { name, rate } = storableTax(component);
  const rows = await session.query<{ id: number; name: string; rate: string }>(
    `select id, name, taxrate as rate from ${session.tables('taxes')} order by id lock in share mode`,
  );
  const found = rows.find((row) => row.name.trim() === name && plain(row.rate) === plain(rate));
  return found?.id ?? insertRow(session, 'taxes', { name, taxrate: rate });
}
