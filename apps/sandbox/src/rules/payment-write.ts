import type { Decimal } from 'decimal.js';
import { newId } from '../books/ids.js';
import type { Account, Payment } from '../books/records.js';
import type { PaymentInput } from '../wire/money-inputs.js';
import { payingAccount } from './account-named.js';
import { money, round } from './amounts.js';
import { mayUser, organisationOf, type RuleContext, today, type Written } from './context.js';
import { dayRate } from './currency-write.js';
import { isApproved } from './document-status.js';
import { refuseIfLocked } from './lock-dates.js';
import { documentOf, type PaymentTarget, restateTarget, targetNamed } from './payment-target.js';
import { refuse, UnknownId } from '../wire/refusal.js';

/** Takes a payment on an invoice or pays a credit back; the document owes less from the same instant on. */
export function createPayment(
  context: RuleContext,
  input: PaymentInput,
  batchId: string | null = null,
): Written<Payment> {
  const target = targetNamed(context, input);
  const account = payingAccount(context, input.Account);
  const date = input.Date ?? today(context);
  const amount = round(input.Amount ?? 0);
  checkAmount(context, target, amount);
  refuseIfLocked(context, date);
  const { document, kind } = target;
  const updatedAt = context.books.stamp();
  const currencyRate = input.CurrencyRate ?? dayRate(context, document.currencyCode);
  const row = context.tenant.payments.put({
    id: newId(),
    updatedAt,
    target: kind,
    targetId: document.id,
    accountId: account.id,
    batchId,
    date,
    amount: money(amount),
    bankAmount:
      input.BankAmount ??
      bankAmount(context, { amount, account, currencyCode: document.currencyCode, rate: currencyRate }),
    currencyRate,
    reference: input.Reference ?? null,
    isReconciled: input.IsReconciled ?? false,
    status: 'AUTHORISED',
  });
  restateTarget(context, row, updatedAt);
  const early = kind === 'invoice' && date < document.date;
  return { row, warnings: early ? ['The payment date is prior to the invoice date.'] : [] };
}

function checkAmount(context: RuleContext, { document, open }: PaymentTarget, amount: Decimal): void {
  if (!mayUser(context, 'CreateInvoicePayment')) refuse('You do not have permission to create payments');
  if (!isApproved(document.status)) refuse('Payments can only be made against Authorised documents');
  if (!amount.isPositive() || amount.isZero()) refuse('Payment amount must be greater than zero');
  if (amount.greaterThan(open)) refuse('Payment amount exceeds the amount outstanding on this document');
}

/** POST /Payments/{id}: the only change that Xero takes is to delete. */
export function deletePayment(context: RuleContext, id: string, input: PaymentInput): Payment {
  const payment = paymentById(context, id);
  const { Status: status, PaymentID: _id, ...rest } = input;
  if (Object.values(rest).some((value) => value !== undefined)) refuse('Only Status accepted for updates.');
  if (status?.toUpperCase() !== 'DELETED') refuse('Only Status accepted for updates.');
  if (payment.status === 'DELETED') refuse('This payment has already been deleted.');
  if (payment.isReconciled) refuse('This payment has been reconciled and cannot be deleted.');
  if (payment.batchId !== null) refuse('Payments within a batch cannot be deleted.');
  return withdrawPayment(context, payment);
}

/** Takes a payment back from its document. */
export function withdrawPayment(context: RuleContext, payment: Payment): Payment {
  refuseIfLocked(context, payment.date);
  const updatedAt = context.books.stamp();
  const row = context.tenant.payments.put({ ...payment, updatedAt, status: 'DELETED' });
  if (documentOf(context, payment)) restateTarget(context, payment, updatedAt);
  return row;
}

/** The payment with this id; a 404 otherwise. */
export function paymentById({ tenant }: RuleContext, id: string): Payment {
  const found = tenant.payments.get(id.toLowerCase());
  if (!found) throw new UnknownId('payment', id);
  return found;
}

interface Banked {
  readonly amount: Decimal;
  readonly account: Account;
  readonly currencyCode: string;
  readonly rate: string;
}

// Rates are foreign units for one of the base currency, so money that comes in at the bank is divided by it.
function bankAmount(context: RuleContext, { amount, account, currencyCode, rate }: Banked): string {
  const { baseCurrency } = organisationOf(context);
  const bankCurrency = account.currencyCode ?? baseCurrency;
  if (bankCurrency === currencyCode) return money(amount);
  return money(amount.div(rate).times(dayRate(context, bankCurrency)));
}
