import type { BankTransaction } from '../books/records.js';
import {
  bankTransactionById,
  createBankTransaction,
  upsertBankTransaction,
} from '../rules/bank-transaction-write.js';
import { bankTransactionInput } from '../wire/document-inputs.js';
import { fieldsOf } from '../wire/where.js';
import { type ApiCall, envelope, type Resource, rulesOf } from './api-call.js';
import { listedTransaction, writtenTransaction } from './bank-transaction-view.js';
import { contactFields, dayValue, list, oneOf } from './listing.js';
import { writeBatch, type Writing } from './write-batch.js';

/** `/BankTransactions`: money spent and received without an invoice. Deleted ones stay in lists with their status. */
export const bankTransactions: Resource = {
  scopes: ['accounting.banktransactions'],
  get: (call) => {
    const context = rulesOf(call);
    const id = call.segments[1];
    if (id === undefined) return listTransactions(call);
    return envelope(call, {
      BankTransactions: [listedTransaction(context, bankTransactionById(context, id), true)],
    });
  },
  put: (call) => writeBatch(call, { ...writing, save: createBankTransaction, summarizes: true }),
  post: (call) => {
    const key = call.segments[1];
    const id = key === undefined ? undefined : bankTransactionById(rulesOf(call), key).id;
    return writeBatch(call, { ...writing, save: upsertBankTransaction, summarizes: id === undefined, id });
  },
};

const writing: Omit<Writing<typeof bankTransactionInput, BankTransaction>, 'save'> = {
  name: 'BankTransactions',
  idKey: 'BankTransactionID',
  errorFlag: 'HasErrors',
  schema: bankTransactionInput,
  render: writtenTransaction,
};

function listTransactions(call: ApiCall): ReturnType<typeof list> {
  const context = rulesOf(call);
  const fields = fieldsOf<BankTransaction>(
    {
      BankTransactionID: (row) => row.id,
      Type: (row) => row.type,
      Status: (row) => row.status,
      Reference: (row) => row.reference,
      Url: (row) => row.url,
      Date: (row) => dayValue(row.date),
      UpdatedDateUTC: (row) => row.updatedAt,
      IsReconciled: (row) => row.isReconciled,
      CurrencyCode: (row) => row.currencyCode,
      SubTotal: (row) => Number(row.subTotal),
      TotalTax: (row) => Number(row.totalTax),
      Total: (row) => Number(row.total),
      'BankAccount.AccountID': (row) => row.bankAccountId,
      'BankAccount.Code': (row) => call.tenant.accounts.get(row.bankAccountId)?.code ?? null,
      ...contactFields(call),
    },
    ['Contact.Name'],
  );
  const references = oneOf<BankTransaction>(call, 'References', (row) => row.reference);
  return list(call, {
    name: 'BankTransactions',
    rows: call.tenant.bankTransactions,
    fields,
    paged: true,
    since: true,
    filters: references ? [references] : [],
    render: (row, paged) => listedTransaction(context, row, paged),
  });
}
