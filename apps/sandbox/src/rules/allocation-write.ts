import { isId, newId } from '../books/ids.js';
import type { Allocation, Credit, CreditKind, Invoice } from '../books/records.js';
import type { AllocationInput } from '../wire/money-inputs.js';
import { money, round } from './amounts.js';
import { restateCredit, restateInvoice } from './balance.js';
import { type RuleContext, today } from './context.js';
import { invoiceNamed } from './invoice-named.js';
import { refuseIfLocked } from './lock-dates.js';
import { refuse, UnknownId } from '../wire/refusal.js';

/** A credit that is to be set off: a credit note, an overpayment or a prepayment. */
export interface CreditSource {
  readonly kind: CreditKind;
  readonly side: 'sales' | 'purchase';
  readonly credit: Credit;
}

/** PUT …/Allocations: sets a part of a credit off against an invoice; both change in the same instant. */
export function allocate(context: RuleContext, source: CreditSource, input: AllocationInput): Allocation {
  const invoice = invoiceNamed(context, input.Invoice);
  const amount = round(input.Amount ?? 0);
  const date = input.Date ?? today(context);
  checkPair(source, invoice);
  if (!amount.isPositive() || amount.isZero()) refuse('The allocation amount must be greater than zero');
  if (amount.greaterThan(source.credit.remainingCredit))
    refuse('The amount of credit to allocate exceeds the remaining credit');
  if (amount.greaterThan(invoice.amountDue))
    refuse('The amount of credit to allocate exceeds the amount outstanding on the invoice');
  refuseIfLocked(context, date);
  const updatedAt = context.books.stamp();
  const { kind: creditKind, credit } = source;
  const fields = { creditKind, creditId: credit.id, invoiceId: invoice.id, amount: money(amount), date };
  const row = context.tenant.allocations.put({ id: newId(), updatedAt, ...fields });
  restate(context, row, updatedAt);
  return row;
}

/** DELETE …/Allocations/{id}: takes it back. */
export function deleteAllocation(context: RuleContext, creditId: string, id: string): Allocation {
  const allocation = isId(id) ? context.tenant.allocations.get(id.toLowerCase()) : undefined;
  if (allocation?.creditId !== creditId) throw new UnknownId('allocation', id);
  refuseIfLocked(context, allocation.date);
  context.tenant.allocations.delete(allocation.id);
  restate(context, allocation, context.books.stamp());
  return allocation;
}

function restate(context: RuleContext, allocation: Allocation, updatedAt: number): void {
  restateCredit(context, { kind: allocation.creditKind, id: allocation.creditId, updatedAt });
  restateInvoice(context, allocation.invoiceId, updatedAt);
}

function checkPair({ side, credit }: CreditSource, invoice: Invoice): void {
  const sameSide = side === (invoice.type === 'ACCREC' ? 'sales' : 'purchase');
  if (credit.status !== 'AUTHORISED')
    refuse('Only Authorised credits with credit remaining can be allocated');
  if (invoice.status !== 'AUTHORISED') refuse('Credit can only be allocated to Authorised documents');
  if (!sameSide) refuse(`The credit cannot be allocated to an invoice of type ${invoice.type}`);
  if (credit.contactId !== invoice.contactId)
    refuse('The credit and the invoice must belong to the same contact');
  if (credit.currencyCode !== invoice.currencyCode)
    refuse('The credit and the invoice must have the same currency');
}
