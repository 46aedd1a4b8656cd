import type { Payment } from '../books/records.js';
import type { RuleContext, Written } from '../rules/context.js';
import { createPayment, deletePayment, paymentById } from '../rules/payment-write.js';
import { paymentInput } from '../wire/inputs.js';
import { instantString, present, wireDay, wireInstant } from '../wire/values.js';
import { fieldsOf } from '../wire/where.js';
import { type ApiCall, envelope, type Resource, rulesOf } from './api-call.js';
import { contactSummary } from './contact-view.js';
import { paidInvoice } from './invoice-view.js';
import { list } from './listing.js';
import { writeBatch } from './write-batch.js';

type View = Record<string, unknown>;

/** `/Payments` on sales invoices. Deleted ones stay in lists with their status. */
export const payments: Resource = {
  scopes: ['accounting.payments'],
  get: (call) => {
    const context = rulesOf(call);
    const id = call.segments[1];
    return id === undefined
      ? listPayments(call)
      : envelope(call, { Payments: [single(context, paymentById(context, id))] });
  },
  put: (call) => write(call, createPayment),
  post: (call) => {
    const key = call.segments[1];
    if (key === undefined) return write(call, createOrDelete);
    const { id } = paymentById(rulesOf(call), key);
    return write(call, (context, input) => ({ row: deletePayment(context, id, input), warnings: [] }), id);
  },
};

const write = (call: ApiCall, save: typeof createPayment, id?: string): ReturnType<typeof list> =>
  writeBatch(call, {
    name: 'Payments',
    idKey: 'PaymentID',
    errorFlag: 'HasValidationErrors',
    schema: paymentInput,
    save,
    render: single,
    summarizes: id === undefined && call.method === 'PUT',
    id,
  });

// POST without an id in the path makes a payment, unless the body names one.
function createOrDelete(context: RuleContext, input: Parameters<typeof createPayment>[1]): Written<Payment> {
  if (input.PaymentID === undefined) return createPayment(context, input);
  return { row: deletePayment(context, input.PaymentID, input), warnings: [] };
}

function listPayments(call: ApiCall): ReturnType<typeof list> {
  const context = rulesOf(call);
  const invoiceOf = (row: Payment) => call.tenant.invoices.get(row.invoiceId);
  const fields = fieldsOf<Payment>({
    PaymentID: (row) => row.id,
    PaymentType: () => 'ACCRECPAYMENT',
    Status: (row) => row.status,
    Reference: (row) => row.reference,
    Amount: (row) => Number(row.amount),
    Date: (row) => Date.parse(`${row.date}T00:00:00Z`),
    UpdatedDateUTC: (row) => row.updatedAt,
    IsReconciled: (row) => row.isReconciled,
    'Invoice.InvoiceID': (row) => row.invoiceId,
    'Invoice.InvoiceNumber': (row) => invoiceOf(row)?.number ?? null,
    'Account.AccountID': (row) => row.accountId,
  });
  const rows = call.tenant.payments;
  return list(call, {
    name: 'Payments',
    rows,
    fields,
    paged: true,
    since: true,
    render: (row) => listed(context, row),
  });
}

const base = (row: Payment): View => ({
  PaymentID: row.id,
  Date: wireDay(row.date),
  BankAmount: Number(row.bankAmount),
  Amount: Number(row.amount),
  Reference: row.reference,
  CurrencyRate: Number(row.currencyRate),
  PaymentType: 'ACCRECPAYMENT',
  Status: row.status,
  UpdatedDateUTC: wireInstant(row.updatedAt),
  UpdatedDateUTCString: instantString(row.updatedAt),
  HasAccount: true,
  IsReconciled: row.isReconciled,
});

function listed({ tenant }: RuleContext, row: Payment): View {
  const account = tenant.accounts.get(row.accountId);
  return present({
    ...base(row),
    Account: { AccountID: row.accountId, Code: account?.code ?? '' },
    Invoice: invoiceSketch(tenant, row),
    HasValidationErrors: false,
  });
}

function invoiceSketch(tenant: RuleContext['tenant'], row: Payment): View {
  const invoice = tenant.invoices.get(row.invoiceId);
  const contact = tenant.contacts.get(invoice?.contactId ?? '');
  return {
    Type: 'ACCREC',
    InvoiceID: row.invoiceId,
    InvoiceNumber: invoice?.number ?? '',
    Payments: [],
    CreditNotes: [],
    Prepayments: [],
    Overpayments: [],
    IsDiscounted: false,
    InvoiceAddresses: [],
    HasErrors: false,
    InvoicePaymentServices: [],
    ...(contact && { Contact: contactSummary(contact) }),
    LineItems: [],
    CurrencyCode: invoice?.currencyCode ?? '',
  };
}

function single(context: RuleContext, row: Payment): View {
  const { accounts, invoices } = context.tenant;
  const account = accounts.get(row.accountId);
  const invoice = invoices.get(row.invoiceId);
  return present({
    ...base(row),
    Account: { AccountID: row.accountId, Code: account?.code ?? '', Name: account?.name ?? '' },
    Invoice: invoice && paidInvoice(context, invoice),
    HasValidationErrors: false,
  });
}
