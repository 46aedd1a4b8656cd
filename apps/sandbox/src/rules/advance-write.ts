import { newId } from '../books/ids.js';
import type { Advance, BankTransaction } from '../books/records.js';
import { isUsed } from './balance.js';
import type { RuleContext } from './context.js';
import type { LineRules } from './line-rules.js';
import { refuseIfLocked } from './lock-dates.js';
import { refuse, refuseIfAny, UnknownId } from '../wire/refusal.js';

/** The kind of advance that a bank transaction makes; null when it makes none. */
export function advanceKind({ type }: Pick<BankTransaction, 'type'>): Advance['kind'] | null {
  if (type.endsWith('-OVERPAYMENT')) return 'overpayment';
  return type.endsWith('-PREPAYMENT') ? 'prepayment' : null;
}

/** The line rules of a bank transaction that makes an advance: an overpayment goes to no account of its own. */
export const advanceRules = (rules: LineRules, kind: Advance['kind']): LineRules =>
  kind === 'overpayment' ? { ...rules, accounts: 'optional' } : rules;

/** Makes the overpayment or prepayment of a bank transaction; all of it remains to be allocated or paid back. */
export function createAdvance(context: RuleContext, row: BankTransaction): Advance | null {
  const kind = advanceKind(row);
  if (kind === null) return null;
  refuseIfAny([
    kind === 'overpayment' && row.lines.length !== 1 && 'An overpayment must have exactly one line',
    kind === 'overpayment' &&
      row.lines.some(({ accountId }) => accountId !== null) &&
      'The line of an overpayment must not have an account',
  ]);
  const { contactId, reference, date, lineAmountTypes, lines, currencyCode, currencyRate } = row;
  const { subTotal, totalTax, total, totalDiscount, updatedAt } = row;
  const amounts = { currencyCode, currencyRate, subTotal, totalTax, total, totalDiscount };
  const head = { id: newId(), updatedAt, kind, contactId, reference, date, lineAmountTypes, lines };
  return context.tenant.advances.put({
    ...head,
    ...amounts,
    type: row.type.startsWith('SPEND') ? 'SPEND' : 'RECEIVE',
    status: 'AUTHORISED',
    remainingCredit: total,
    fullyPaidOn: null,
  });
}

/** Voids an advance that nothing was taken from, and deletes the bank transaction that made it. */
export function voidAdvance(context: RuleContext, advance: Advance): Advance {
  const { advances, bankTransactions } = context.tenant;
  if (advance.status === 'VOIDED') refuse(`This ${advance.kind} has already been voided.`);
  if (isUsed(advance)) refuse(`This ${advance.kind} has allocations or refunds and cannot be voided.`);
  refuseIfLocked(context, advance.date);
  const updatedAt = context.books.stamp();
  for (const row of bankTransactions.by('advance', advance.id))
    bankTransactions.put({ ...row, updatedAt, status: 'DELETED' });
  return advances.put({ ...advance, updatedAt, status: 'VOIDED', remainingCredit: '0.00' });
}

/** The advance of this kind with this id; a 404 otherwise. */
export function advanceById({ tenant }: RuleContext, kind: Advance['kind'], id: string): Advance {
  const found = tenant.advances.get(id.toLowerCase());
  if (found?.kind !== kind) throw new UnknownId(kind, id);
  return found;
}
