import { Decimal } from 'decimal.js';
import { isId, newId } from '../books/ids.js';
import type { Account, Invoice, Payment } from '../books/records.js';
import type { PaymentInput } from '../wire/inputs.js';
import { money, round } from './amounts.js';
import { mayUser, organisationOf, type RuleContext, today, type Written } from './context.js';
import { dayRate } from './currency-write.js';
import { isApproved } from './invoice-status.js';
import { settled } from './invoice-write.js';
import { refuseIfLocked } from './lock-dates.js';
import { refuse, UnknownId } from '../wire/refusal.js';

/** Takes a payment on an invoice; the invoice owes less from the same instant on, and is PAID when it owes nothing. */
export function createPayment(context: RuleContext, input: PaymentInput): Written<Payment> {
  const invoice = invoiceOf(context, input);
  const account = accountOf(context, input);
  const date = input.Date ?? today(context);
  const amount = round(input.Amount ?? 0);
  if (!mayUser(context, 'CreateInvoicePayment')) refuse('You do not have permission to create payments');
  if (!isApproved(invoice.status)) refuse('Payments can only be made against Authorised documents');
  if (!amount.isPositive() || amount.isZero()) refuse('Payment amount must be greater than zero');
  if (amount.greaterThan(invoice.amountDue))
    refuse('Payment amount exceeds the amount outstanding on this document');
  refuseIfLocked(context, date);
  const updatedAt = context.books.stamp();
  const currencyRate = input.CurrencyRate ?? dayRate(context, invoice.currencyCode);
  const row = context.tenant.payments.put({
    id: newId(),
    updatedAt,
    invoiceId: invoice.id,
    accountId: account.id,
    date,
    amount: money(amount),
    bankAmount: input.BankAmount ?? bankAmount(context, { amount, account, invoice, rate: currencyRate }),
    currencyRate,
    reference: input.Reference ?? null,
    isReconciled: input.IsReconciled ?? false,
    status: 'AUTHORISED',
  });
  restate(context, invoice, updatedAt);
  return { row, warnings: date < invoice.date ? ['The payment date is prior to the invoice date.'] : [] };
}

/** POST /Payments/{id}: the only change that Xero takes is to delete. */
export function deletePayment(context: RuleContext, id: string, input: PaymentInput): Payment {
  const payment = paymentById(context, id);
  const { Status: status, PaymentID: _id, ...rest } = input;
  if (Object.values(rest).some((value) => value !== undefined)) refuse('Only Status accepted for updates.');
  if (status?.toUpperCase() !== 'DELETED') refuse('Only Status accepted for updates.');
  if (payment.status === 'DELETED') refuse('This payment has already been deleted.');
  if (payment.isReconciled) refuse('This payment has been reconciled and cannot be deleted.');
  refuseIfLocked(context, payment.date);
  const updatedAt = context.books.stamp();
  const row = context.tenant.payments.put({ ...payment, updatedAt, status: 'DELETED' });
  const invoice = context.tenant.invoices.get(payment.invoiceId);
  if (invoice) restate(context, invoice, updatedAt);
  return row;
}

/** The payment with this id; a 404 otherwise. */
export function paymentById({ tenant }: RuleContext, id: string): Payment {
  const found = tenant.payments.get(id.toLowerCase());
  if (!found) throw new UnknownId('payment', id);
  return found;
}

/** The payments that count on an invoice. */
export const paymentsOn = ({ tenant }: Pick<RuleContext, 'tenant'>, invoiceId: string): Payment[] =>
  tenant.payments.by('invoice', invoiceId).filter(({ status }) => status === 'AUTHORISED');

// Paid and due follow from the payments that are there, whatever order they came and went in.
function restate(context: RuleContext, invoice: Invoice, updatedAt: number): void {
  const payments = paymentsOn(context, invoice.id);
  const paid = Decimal.sum(0, ...payments.map(({ amount }) => amount));
  const last = payments.map(({ date }) => date).sort();
  const next = {
    ...invoice,
    updatedAt,
    amountPaid: money(paid),
    amountDue: money(new Decimal(invoice.total).minus(paid)),
  };
  context.tenant.invoices.put(settled(next, last.at(-1) ?? invoice.date));
}

function invoiceOf({ tenant }: RuleContext, { Invoice: sent }: PaymentInput): Invoice {
  const byId = sent?.InvoiceID ? tenant.invoices.get(sent.InvoiceID.toLowerCase()) : undefined;
  const live = tenant.invoices
    .by('number', sent?.InvoiceNumber ?? '')
    .find(({ status }) => status !== 'DELETED');
  return byId ?? (sent?.InvoiceID ? undefined : live) ?? refuse('The Invoice could not be found');
}

function accountOf({ tenant }: RuleContext, { Account: sent }: PaymentInput): Account {
  const { AccountID: id, Code: code } = sent ?? {};
  const account =
    id && isId(id) ? tenant.accounts.get(id.toLowerCase()) : tenant.accounts.by('code', code ?? '')[0];
  if (!account) refuse('Account could not be found');
  if (account.status !== 'ACTIVE') refuse(`Account code '${account.code}' has been archived, or deleted.`);
  if (account.type === 'BANK' || account.enablePayments) return account;
  return refuse(`Account code '${account.code}' is not a bank account and is not enabled for payments`);
}

// Rates are foreign units for one of the base currency, so money that comes in at the bank is divided by it.
function bankAmount(
  context: RuleContext,
  { amount, account, invoice, rate }: { amount: Decimal; account: Account; invoice: Invoice; rate: string },
): string {
  const { baseCurrency } = organisationOf(context);
  const bankCurrency = account.currencyCode ?? baseCurrency;
  if (bankCurrency === invoice.currencyCode) return money(amount);
  return money(amount.div(rate).times(dayRate(context, bankCurrency)));
}
