import { Decimal } from 'decimal.js';
import { newId } from '../books/ids.js';
import type { BatchPayment } from '../books/records.js';
import type { BatchPaymentInput } from '../wire/money-inputs.js';
import { payingAccount } from './account-named.js';
import { money } from './amounts.js';
import { type RuleContext, today } from './context.js';
import { invoiceNamed } from './invoice-named.js';
import { createPayment, withdrawPayment } from './payment-write.js';
import { refuse, UnknownId } from '../wire/refusal.js';

/** Makes several payments of one kind, sales or bills, that are one line on the bank statement. */
export function createBatchPayment(context: RuleContext, input: BatchPaymentInput): BatchPayment {
  const account = payingAccount(context, input.Account);
  const parts = input.Payments ?? [];
  const types = new Set(parts.map((part) => invoiceNamed(context, part.Invoice).type));
  if (parts.length === 0) refuse('A batch payment must have at least one payment');
  if (types.size > 1) refuse('A batch payment cannot pay invoices and bills at once');
  const date = input.Date ?? today(context);
  const batch = context.tenant.batchPayments.put({
    id: newId(),
    updatedAt: context.books.stamp(),
    type: types.has('ACCPAY') ? 'PAYBATCH' : 'RECBATCH',
    accountId: account.id,
    date,
    reference: input.Reference ?? null,
    status: 'AUTHORISED',
    total: '0.00',
    isReconciled: false,
  });
  const rows = parts.map((part) => {
    const fields = {
      Invoice: part.Invoice,
      Amount: part.Amount,
      Reference: part.Reference ?? input.Reference,
    };
    return createPayment(context, { ...fields, Account: { AccountID: account.id }, Date: date }, batch.id)
      .row;
  });
  const total = money(Decimal.sum(0, ...rows.map(({ amount }) => amount)));
  return context.tenant.batchPayments.put({ ...batch, total });
}

/** Takes a batch back with all of its payments. */
export function deleteBatchPayment(context: RuleContext, id: string): BatchPayment {
  const batch = batchPaymentById(context, id);
  if (batch.status === 'DELETED') refuse('This batch payment has already been deleted.');
  if (batch.isReconciled) refuse('This batch payment has been reconciled and cannot be deleted.');
  for (const payment of context.tenant.payments.by('batch', batch.id)) withdrawPayment(context, payment);
  const updatedAt = context.books.stamp();
  return context.tenant.batchPayments.put({ ...batch, updatedAt, status: 'DELETED' });
}

/** The batch with this id; a 404 otherwise. */
export function batchPaymentById({ tenant }: RuleContext, id: string): BatchPayment {
  const found = tenant.batchPayments.get(id.toLowerCase());
  if (!found) throw new UnknownId('batch payment', id);
  return found;
}
