import type { ReferenceAddition, ReferenceAdded, ReferenceKind } from '@sync/engine';
import { keepLink, takeKey } from './link-table.js';
import { perfexLine } from './perfex-text.js';
import { refused } from './refusal.js';
import { insertRow, type Values } from './rows.js';
import type { WriteSession, WrittenTable } from './write-session.js';
import type { Rights } from './writer.js';
import { inOneTransaction, type Transactions } from './writing.js';

/** How a list is added to. */
export interface EntryList {
  table: WrittenTable;
  rights: Rights;
  /** What a new entry holds besides its name. */
  values: Values;
}

/** The tables of the lists. */
export const ENTRY_LISTS: Readonly<Record<ReferenceKind, EntryList>> = {
  'expense-category': {
    table: 'expenses_categories',
    rights: { expenses_categories: ['INSERT'] },
    values: { description: '' },
  },
  'payment-mode': {
    table: 'payment_modes',
    rights: { payment_modes: ['INSERT'] },
    // Not ticked on new invoices: a bank account of Xero is not at once a way in which customers are asked to pay.
    values: {
      description: '',
      show_on_pdf: 0,
      invoices_only: 0,
      expenses_only: 0,
      selected_by_default: 0,
      active: 1,
    },
  },
};

/** What an entry is added with. */
export interface EntryWriting extends Transactions {
  list: EntryList;
}

/** Adds an entry, its key with it, in one transaction. */
export async function addEntry(
  writing: EntryWriting,
  addition: ReferenceAddition,
  signal: AbortSignal,
): Promise<ReferenceAdded> {
  const { key } = addition;
  const result = await inOneTransaction(writing, { key, signal }, async (session) => ({
    state: 'added' as const,
    id: String(await addOnce(session, writing, addition)),
  }));
  // A new row has nothing that somebody could have changed.
  if (result.state === 'changed') throw new Error('a new entry cannot have been changed');
  return result;
}

/** One that was added under this key before is answered as it stands; nobody adds it anew when it was deleted. */
async function addOnce(
  session: WriteSession,
  { list, linkTable, now }: EntryWriting,
  { kind, key, name }: ReferenceAddition,
): Promise<number> {
  const link = await takeKey(session, linkTable, { key, entity: kind, now });
  if (link.recordId !== null) return thereStill(session, list, link.recordId);
  const recordId = await insertRow(session, list.table, { ...list.values, name: perfexLine(name) });
  await keepLink(session, linkTable, { key, link: { ...link, recordId }, made: true });
  return recordId;
}

async function thereStill(session: WriteSession, { table }: EntryList, rowId: number): Promise<number> {
  const rows = await session.query(`select 1 from ${session.writtenTable(table)} where id = ?`, [rowId]);
  if (rows.length === 0) throw refused('it was deleted in the CRM after it had been made there from Xero');
  return rowId;
}
