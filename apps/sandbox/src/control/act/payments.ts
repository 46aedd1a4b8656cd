import type { Payment } from '../../books/records.js';
import { batchPaymentById, createBatchPayment, deleteBatchPayment } from '../../rules/batch-payment-write.js';
import { createPayment, deletePayment, paymentById } from '../../rules/payment-write.js';
import { creditNames } from '../../resources/allocation-view.js';
import { batchPaymentInput, paymentInput } from '../../wire/money-inputs.js';
import { type Act, type Acts, fieldsIn, firstBank, named } from './act.js';

const remove = (act: Act): Payment => deletePayment(act.context, named(act), { Status: 'DELETED' });

// Payments cannot be changed: an edit in Xero's pages deletes the payment and makes another.
function edit(act: Act): Payment {
  const { context } = act;
  const before = paymentById(context, named(act));
  const target =
    before.target === 'invoice'
      ? { Invoice: { InvoiceID: before.targetId } }
      : { [creditNames[before.target].name]: { [creditNames[before.target].idKey]: before.targetId } };
  const kept = {
    Account: { AccountID: before.accountId },
    Date: before.date,
    Amount: before.amount,
    Reference: before.reference,
  };
  const input = fieldsIn(paymentInput, { ...kept, ...act.fields, ...target });
  remove(act);
  return createPayment(context, input).row;
}

function setReconciled(act: Act, isReconciled: boolean): Payment {
  const { context } = act;
  const payment = paymentById(context, named(act));
  return context.tenant.payments.put({ ...payment, isReconciled, updatedAt: context.books.stamp() });
}

export const payment: Acts = {
  create: ({ context, fields }) =>
    createPayment(context, fieldsIn(paymentInput, { Account: firstBank(context), ...fields })).row,
  edit,
  delete: remove,
  void: remove,
  reconcile: (act) => setReconciled(act, true),
  unreconcile: (act) => setReconciled(act, false),
};

export const batchPayment: Acts = {
  create: ({ context, fields }) =>
    createBatchPayment(context, fieldsIn(batchPaymentInput, { Account: firstBank(context), ...fields })),
  delete: (act) => deleteBatchPayment(act.context, batchPaymentById(act.context, named(act)).id),
};
