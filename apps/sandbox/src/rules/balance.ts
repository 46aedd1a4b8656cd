import { Decimal } from 'decimal.js';
import type { Allocation, Credit, CreditKind, Invoice, Payment } from '../books/records.js';
import { money } from './amounts.js';
import type { RuleContext } from './context.js';
import { isApproved } from './document-status.js';

type Context = Pick<RuleContext, 'tenant'>;

/** The payments that count on an invoice or a credit. */
export const paymentsOn = ({ tenant }: Context, targetId: string): Payment[] =>
  tenant.payments.by('target', targetId).filter(({ status }) => status === 'AUTHORISED');

/** The parts of credits that pay for an invoice. */
export const creditsOn = ({ tenant }: Context, invoiceId: string): Allocation[] =>
  tenant.allocations.by('invoice', invoiceId);

/** The parts of a credit that are allocated. */
export const allocationsOf = ({ tenant }: Context, creditId: string): Allocation[] =>
  tenant.allocations.by('credit', creditId);

/** Whether anything is paid on an invoice or credited to it. */
export const isSetOff = ({ amountPaid, amountCredited }: Invoice): boolean =>
  !new Decimal(amountPaid).plus(amountCredited).isZero();

/** Whether anything of a credit is allocated or paid back. */
export const isUsed = ({ total, remainingCredit }: Credit): boolean =>
  !new Decimal(total).equals(remainingCredit);

/** What an invoice owes, from its total and what is paid and credited. */
export const dueOf = ({
  total,
  amountPaid,
  amountCredited,
}: Pick<Invoice, 'total' | 'amountPaid' | 'amountCredited'>): string =>
  money(new Decimal(total).minus(amountPaid).minus(amountCredited));

/** PAID when an approved invoice owes nothing, AUTHORISED again when it does; `on` is the day of the last payment. */
export function settled(invoice: Invoice, on: string): Invoice {
  if (!isApproved(invoice.status)) return invoice;
  const paid = new Decimal(invoice.amountDue).isZero();
  return { ...invoice, status: paid ? 'PAID' : 'AUTHORISED', fullyPaidOn: paid ? on : null };
}

/** PAID when nothing of an approved credit is left, AUTHORISED again when something is. */
export function usedUp<T extends Credit>(credit: T, on: string): T {
  if (!isApproved(credit.status)) return credit;
  const gone = new Decimal(credit.remainingCredit).isZero();
  return { ...credit, status: gone ? 'PAID' : 'AUTHORISED', fullyPaidOn: gone ? on : null };
}

/** States anew what is paid, credited and due of an invoice: it follows from what is there, in whatever order it came. */
export function restateInvoice(context: RuleContext, invoiceId: string, updatedAt: number): void {
  const invoice = context.tenant.invoices.get(invoiceId);
  if (!invoice) return;
  const [paid, credited] = [paymentsOn(context, invoiceId), creditsOn(context, invoiceId)];
  const amountPaid = sumOf(paid);
  const amountCredited = sumOf(credited);
  const amountDue = dueOf({ total: invoice.total, amountPaid, amountCredited });
  const next = { ...invoice, updatedAt, amountPaid, amountCredited, amountDue };
  context.tenant.invoices.put(settled(next, lastDay([...paid, ...credited]) ?? invoice.date));
}

/** States anew what is left of a credit. */
export function restateCredit(
  context: RuleContext,
  { kind, id, updatedAt }: { kind: CreditKind; id: string; updatedAt: number },
): void {
  const { creditNotes, advances } = context.tenant;
  const note = kind === 'creditNote' ? creditNotes.get(id) : undefined;
  if (note) creditNotes.put(leftOf(context, note, updatedAt));
  const advance = kind === 'creditNote' ? undefined : advances.get(id);
  if (advance) advances.put(leftOf(context, advance, updatedAt));
}

function leftOf<T extends Credit>(context: RuleContext, credit: T, updatedAt: number): T {
  const uses = [...allocationsOf(context, credit.id), ...paymentsOn(context, credit.id)];
  const remainingCredit = money(new Decimal(credit.total).minus(sumOf(uses)));
  return usedUp({ ...credit, updatedAt, remainingCredit }, lastDay(uses) ?? credit.date);
}

const sumOf = (rows: readonly { readonly amount: string }[]): string =>
  money(Decimal.sum(0, ...rows.map(({ amount }) => amount)));

const lastDay = (rows: readonly { readonly date: string }[]): string | undefined =>
  rows
    .map(({ date }) => date)
    .sort()
    .at(-1);
