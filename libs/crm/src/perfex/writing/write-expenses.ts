import { decimal, type Expense, money, type TaxComponent } from '@sync/domain';
import { expenseTotal } from '../codecs/expense.js';
import { rowIdOf } from '../reading/row-id.js';
import { currencyId, linkedTaxIds } from './parents.js';
import { perfexLine, perfexText } from './perfex-text.js';
import { Refusal, refused } from './refusal.js';
import { insertRow, updateRow, type Values } from './rows.js';
import { storableTax } from './storable-line.js';
import type { WriteSession } from './write-session.js';
import type { Change, Writer } from './writer.js';

/** Expenses; the vendor only where the Purchase module has a column for it. */
export const expenseWriter: Writer<'expenses'> = {
  rights: { expenses: ['INSERT', 'UPDATE', 'DELETE'], taxes: ['INSERT'] },
  lock: async ({ query, tables }, rowId) => {
    await query(`select id from ${tables('expenses')} where id = ? for update`, [rowId]);
  },
  create: async (session, record) => {
    const rowId = await insertRow(session, 'expenses', {
      ...(await ownColumns(session, record)),
      ...(await taxColumns(session, record)),
      ...textColumns(record),
      clientid: 0,
      project_id: 0,
      billable: 0,
      send_invoice_to_customer: 0,
      dateadded: session.now.dateTime,
      addedfrom: 0,
    });
    return String(rowId);
  },
  update,
  remove: async (session, rowId) => {
    const { query, run, tables } = session;
    const [billed] = await query(`select 1 from ${tables('expenses')} where id = ? and invoiceid > 0`, [
      rowId,
    ]);
    if (billed) throw refused('the expense was billed to a customer, and Perfex then lets nobody delete it');
    await run(`delete from ${tables('expenses')} where id = ?`, [rowId]);
  },
};

async function update(session: WriteSession, change: Change<'expenses'>): Promise<string> {
  const { rowId, record, differs } = change;
  const texts = differs('name', 'note', 'reference');
  const own = differs('categoryId', 'currency', 'vendorId', 'modeId', 'date');
  const values = {
    ...(own ? await ownColumns(session, record) : {}),
    ...(differs('amount', 'taxes', 'total') ? await taxColumns(session, record) : {}),
    ...(texts ? textColumns(record) : {}),
  };
  await updateRow(session, 'expenses', { id: rowId, values });
  return String(rowId);
}

function textColumns({ name, note, reference }: Expense): Values {
  return {
    expense_name: perfexLine(name) ?? '',
    note: perfexText(note) ?? '',
    reference_no: perfexLine(reference) ?? '',
  };
}

/** A supplier who is no vendor of Perfex, such as the one configured for expenses without any, is no column. */
async function ownColumns(session: WriteSession, record: Expense): Promise<Values> {
  return {
    category: await categoryId(session, record.categoryId),
    currency: await currencyId(session, record.currency),
    vendor: record.vendorId === null ? null : rowIdOf(record.vendorId),
    paymentmode: record.modeId ?? '',
    date: record.date,
  };
}

async function categoryId({ query, tables }: WriteSession, id: string): Promise<number> {
  const rowId = rowIdOf(id);
  const rows =
    rowId === null ? [] : await query(`select 1 from ${tables('expenses_categories')} where id = ?`, [rowId]);
  if (rowId !== null && rows.length > 0) return rowId;
  throw new Refusal('PARENT_MISSING', { parent: 'expense category', parentId: id });
}

async function taxColumns(session: WriteSession, record: Expense): Promise<Values> {
  const taxes = record.taxes.map(storableTax);
  const ids = await linkedTaxIds(session, taxes);
  return { ...ids, amount: netAmount(record, taxes) };
}

/** Perfex computes the gross from the net, and the gross left the bank: the net gives way by the cents of rounding. */
function netAmount({ amount, total }: Expense, taxes: readonly TaxComponent[]): string {
  const nearby = [0, 1, -1, 2, -2, 3, -3].map((cents) =>
    money(decimal(amount).plus(decimal('0.01').times(cents))),
  );
  const net = nearby.find((candidate) => expenseTotal(candidate, taxes) === money(total));
  if (net !== undefined) return net;
  const computed = expenseTotal(money(amount), taxes);
  throw refused(`with its taxes it comes to ${computed} by Perfex's rule, and to ${money(total)} in Xero`);
}
