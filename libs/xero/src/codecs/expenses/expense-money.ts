import { type Expense, money, roundToCents } from '@sync/domain';
import { refuse } from '../codec.js';
import { type DocumentMoney, withRounding } from '../money/price-document.js';
import { pricedLine } from '../money/priced-line.js';

/**
 * One line for the expense. Xero takes no tax of ours on a bank transaction, so the cent that lies between the CRM's
 * taxes, each rounded by itself, and Xero's goes into the rounding line.
 */
export function priceExpense(expense: Expense, allowedCents: number): DocumentMoney {
  if (roundToCents(expense.total).lte(0)) {
    return refuse('INVOICE_TOTAL_NEGATIVE', { total: money(expense.total) });
  }
  const { amount: unitPrice, taxes } = expense;
  const description = describe(expense);
  const line = pricedLine({ description, quantity: '1', unitPrice, taxes, itemId: null }, 'expenses');
  const totals = { total: expense.total, totalTax: money(line.tax) };
  return withRounding(totals, { lines: [line], taxCents: 0 }, allowedCents);
}

/** What the expense was for: its name, or its category's; below it the note. */
export function describe({ name, note, categoryName }: Expense): string {
  return [name ?? categoryName, note ?? ''].filter((text) => text.trim() !== '').join('\n');
}
