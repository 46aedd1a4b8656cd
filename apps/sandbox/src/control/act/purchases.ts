import type { BankTransaction, PurchaseOrder } from '../../books/records.js';
import {
  bankTransactionById,
  createBankTransaction,
  updateBankTransaction,
} from '../../rules/bank-transaction-write.js';
import {
  createPurchaseOrder,
  purchaseOrderByKey,
  updatePurchaseOrder,
} from '../../rules/purchase-order-write.js';
import { bankTransactionInput, purchaseOrderInput } from '../../wire/document-inputs.js';
import { type Act, type Acts, fieldsIn, firstBank, named } from './act.js';

const transactionNamed = (act: Act): BankTransaction => bankTransactionById(act.context, named(act));

const changeTransaction =
  (Status?: string) =>
  (act: Act): BankTransaction => {
    const input = fieldsIn(bankTransactionInput, { ...act.fields, ...(Status && { Status }) });
    return updateBankTransaction(act.context, transactionNamed(act), input).row;
  };

function setReconciled(act: Act, isReconciled: boolean): BankTransaction {
  const { bankTransactions } = act.context.tenant;
  const updatedAt = act.context.books.stamp();
  return bankTransactions.put({ ...transactionNamed(act), isReconciled, updatedAt });
}

export const bankTransaction: Acts = {
  create: ({ context, fields }) => {
    const usual = { Type: 'SPEND', BankAccount: firstBank(context) };
    return createBankTransaction(context, fieldsIn(bankTransactionInput, { ...usual, ...fields })).row;
  },
  edit: changeTransaction(),
  delete: changeTransaction('DELETED'),
  void: changeTransaction('DELETED'),
  reconcile: (act) => setReconciled(act, true),
  unreconcile: (act) => setReconciled(act, false),
};

const changeOrder =
  (Status?: string) =>
  (act: Act): PurchaseOrder => {
    const input = fieldsIn(purchaseOrderInput, { ...act.fields, ...(Status && { Status }) });
    return updatePurchaseOrder(act.context, purchaseOrderByKey(act.context, named(act)), input).row;
  };

export const purchaseOrder: Acts = {
  create: ({ context, fields }) => createPurchaseOrder(context, fieldsIn(purchaseOrderInput, fields)).row,
  edit: changeOrder(),
  submit: changeOrder('SUBMITTED'),
  approve: changeOrder('AUTHORISED'),
  bill: changeOrder('BILLED'),
  delete: changeOrder('DELETED'),
  void: changeOrder('DELETED'),
};
