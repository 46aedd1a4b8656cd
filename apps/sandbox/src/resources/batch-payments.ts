import type { BatchPayment, Payment } from '../books/records.js';
import { batchPaymentById, createBatchPayment } from '../rules/batch-payment-write.js';
import type { RuleContext } from '../rules/context.js';
import { batchPaymentInput } from '../wire/money-inputs.js';
import { dayString, present, wireDay, wireInstant } from '../wire/values.js';
import { fieldsOf } from '../wire/where.js';
import { type ApiCall, envelope, type Resource, rulesOf } from './api-call.js';
import { dayValue, list } from './listing.js';
import { writeBatch } from './write-batch.js';

type View = Record<string, unknown>;

/** `/BatchPayments`: not paged; people in Xero take them back, since it is not settled that the API can. */
export const batchPayments: Resource = {
  scopes: ['accounting.payments'],
  get: (call) => {
    const context = rulesOf(call);
    const id = call.segments[1];
    if (id === undefined) return listBatches(call);
    return envelope(call, { BatchPayments: [view(context, batchPaymentById(context, id))] });
  },
  put: (call) =>
    writeBatch(call, {
      name: 'BatchPayments',
      idKey: 'BatchPaymentID',
      errorFlag: 'HasValidationErrors',
      schema: batchPaymentInput,
      save: (context, input) => ({ row: createBatchPayment(context, input), warnings: [] }),
      render: view,
      summarizes: true,
    }),
};

const fields = fieldsOf<BatchPayment>({
  BatchPaymentID: (row) => row.id,
  Type: (row) => row.type,
  Status: (row) => row.status,
  Date: (row) => dayValue(row.date),
  UpdatedDateUTC: (row) => row.updatedAt,
  TotalAmount: (row) => Number(row.total),
});

const listBatches = (call: ApiCall): ReturnType<typeof list> =>
  list(call, {
    name: 'BatchPayments',
    rows: call.tenant.batchPayments,
    fields,
    since: true,
    render: (row) => view(rulesOf(call), row),
  });

function view(context: RuleContext, row: BatchPayment): View {
  const { accounts, payments } = context.tenant;
  return present({
    Account: present({
      AccountID: row.accountId,
      CurrencyCode: accounts.get(row.accountId)?.currencyCode,
    }),
    Reference: row.reference,
    BatchPaymentID: row.id,
    DateString: dayString(row.date),
    Date: wireDay(row.date),
    Payments: row.status === 'DELETED' ? [] : payments.by('batch', row.id).map((one) => part(context, one)),
    Type: row.type,
    Status: row.status,
    TotalAmount: Number(row.total),
    UpdatedDateUTC: wireInstant(row.updatedAt),
    IsReconciled: row.isReconciled,
  });
}

const part = ({ tenant }: RuleContext, payment: Payment): View =>
  present({
    Invoice: {
      InvoiceID: payment.targetId,
      CurrencyCode: tenant.invoices.get(payment.targetId)?.currencyCode ?? '',
      Payments: [],
      CreditNotes: [],
      Prepayments: [],
      Overpayments: [],
      HasErrors: false,
      IsDiscounted: false,
      LineItems: [],
    },
    PaymentID: payment.id,
    Reference: payment.reference,
    Amount: Number(payment.amount),
    BankAmount: Number(payment.bankAmount),
  });
