import type { Decoded } from '../codecs/decoded.js';
import { decodeExpense, type ExpenseRow } from '../codecs/expense.js';
import type { PerfexSession } from './session.js';

/** Reads expenses with the names of category and taxes, and the vendor where the Purchase module knows one. */
export async function readExpenses(
  session: PerfexSession,
  ids: readonly number[],
): Promise<Map<number, Decoded<'expenses'>>> {
  const { query, tables } = session;
  const vendor = knowsVendors(session)
    ? {
        column: 'vendor.userid',
        join: `left join ${tables('pur_vendor')} vendor on vendor.userid = e.vendor`,
      }
    : { column: 'null', join: '' };
  const rows = await query<ExpenseRow>(
    `select e.id, e.category as categoryId, category.name as categoryName, currency.name as currencyName, e.amount,
       e.reference_no as reference, e.note, e.expense_name as name, e.paymentmode as mode,
       ${vendor.column} as vendorId, e.date, e.dateadded as createdAt,
       first.name as taxName, first.taxrate as taxRate, second.name as tax2Name, second.taxrate as tax2Rate
     from ${tables('expenses')} e
     left join ${tables('expenses_categories')} category on category.id = e.category
     left join ${tables('currencies')} currency on currency.id = e.currency
     left join ${tables('taxes')} first on first.id = e.tax
     left join ${tables('taxes')} second on second.id = e.tax2
     ${vendor.join}
     where e.id in (?)`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, decodeExpense(row)]));
}

/** The module adds the column; where its vendors cannot be read, an expense has none. */
export function knowsVendors({ schema }: Pick<PerfexSession, 'schema'>): boolean {
  return schema.has('expenses', 'vendor') && schema.entities.includes('vendors');
}
