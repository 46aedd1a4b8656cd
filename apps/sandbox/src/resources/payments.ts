import type { Payment } from '../books/records.js';
import type { RuleContext, Written } from '../rules/context.js';
import { createPayment, deletePayment, paymentById } from '../rules/payment-write.js';
import { paymentType } from '../rules/payment-target.js';
import { paymentInput, type PaymentInput } from '../wire/money-inputs.js';
import { fieldsOf } from '../wire/where.js';
import { type ApiCall, envelope, type Resource, rulesOf } from './api-call.js';
import { list } from './listing.js';
import { listedPayment, singlePayment } from './payment-view.js';
import { writeBatch } from './write-batch.js';

/** `/Payments` on invoices and bills, and refunds of credits. Deleted ones stay in lists with their status. */
export const payments: Resource = {
  scopes: ['accounting.payments'],
  get: (call) => {
    const context = rulesOf(call);
    const id = call.segments[1];
    return id === undefined
      ? listPayments(call)
      : envelope(call, { Payments: [singlePayment(context, paymentById(context, id))] });
  },
  put: (call) => write(call, (context, input) => createPayment(context, input)),
  post: (call) => {
    const key = call.segments[1];
    if (key === undefined) return write(call, createOrDelete);
    const { id } = paymentById(rulesOf(call), key);
    return write(call, (context, input) => ({ row: deletePayment(context, id, input), warnings: [] }), id);
  },
};

const write = (call: ApiCall, save: Save, id?: string): ReturnType<typeof list> =>
  writeBatch(call, {
    name: 'Payments',
    idKey: 'PaymentID',
    errorFlag: 'HasValidationErrors',
    schema: paymentInput,
    save,
    render: singlePayment,
    summarizes: id === undefined && call.method === 'PUT',
    id,
  });

type Save = (context: RuleContext, input: PaymentInput) => Written<Payment>;

// POST without an id in the path makes a payment, unless the body names one.
function createOrDelete(context: RuleContext, input: PaymentInput): Written<Payment> {
  if (input.PaymentID === undefined) return createPayment(context, input);
  return { row: deletePayment(context, input.PaymentID, input), warnings: [] };
}

function listPayments(call: ApiCall): ReturnType<typeof list> {
  const context = rulesOf(call);
  const invoiceOf = (row: Payment) => call.tenant.invoices.get(row.targetId);
  const ofKind = (kind: Payment['target']) => (row: Payment) => (row.target === kind ? row.targetId : null);
  const fields = fieldsOf<Payment>({
    PaymentID: (row) => row.id,
    PaymentType: (row) => paymentType(context, row),
    Status: (row) => row.status,
    Reference: (row) => row.reference,
    Amount: (row) => Number(row.amount),
    Date: (row) => Date.parse(`${row.date}T00:00:00Z`),
    UpdatedDateUTC: (row) => row.updatedAt,
    IsReconciled: (row) => row.isReconciled,
    'Invoice.InvoiceID': ofKind('invoice'),
    'Invoice.InvoiceNumber': (row) => invoiceOf(row)?.number ?? null,
    'CreditNote.CreditNoteID': ofKind('creditNote'),
    'Account.AccountID': (row) => row.accountId,
  });
  const rows = call.tenant.payments;
  return list(call, {
    name: 'Payments',
    rows,
    fields,
    paged: true,
    since: true,
    render: (row) => listedPayment(context, row),
  });
}
