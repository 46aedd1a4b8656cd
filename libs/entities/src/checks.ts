import { decimal, money } from '@sync/domain';
import type { PostingFacts, Problem } from '@sync/engine';

/** Xero takes no money movement of nothing, or of less. */
export function checkAmount(what: string, amount: string): Problem | null {
  if (decimal(amount).greaterThan(0)) return null;
  return { code: 'RECORD_INVALID', meta: { reason: `the ${what} is ${money(amount)}` } };
}

/** Xero takes no document below zero. */
export function checkTotal(total: string, currency: string): Problem | null {
  if (!decimal(total).isNegative() || decimal(total).isZero()) return null;
  return { code: 'INVOICE_TOTAL_NEGATIVE', meta: { total: `${money(total)} ${currency}` } };
}

/** Xero refuses documents in a currency that the organisation does not use. */
export function checkCurrency(currency: string, { currencies }: PostingFacts): Problem | null {
  return currencies.includes(currency) ? null : { code: 'CURRENCY_NOT_ENABLED', meta: { currency } };
}

/** Xero refuses what would change books that are closed. */
export function checkDate(date: string, { lockDate }: PostingFacts): Problem | null {
  return lockDate !== null && date <= lockDate ? { code: 'DATE_LOCKED', meta: { date, lockDate } } : null;
}

/** A document needs something that is charged. */
export function checkLines(lines: readonly unknown[]): Problem | null {
  return lines.length === 0 ? { code: 'INVOICE_WITHOUT_LINES', meta: {} } : null;
}
