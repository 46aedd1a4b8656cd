import type { Invoice } from '../books/records.js';
import { createInvoice, invoiceByKey, upsertInvoice } from '../rules/invoice-write.js';
import { invoiceInput } from '../wire/document-inputs.js';
import { fieldsOf, type Filter, fold } from '../wire/where.js';
import { type ApiCall, envelope, type Resource, rulesOf } from './api-call.js';
import { invoiceSummary, listedInvoice, writtenInvoice } from './invoice-view.js';
import { contactFields, dayValue, list, oneOf } from './listing.js';
import { writeBatch, type Writing } from './write-batch.js';

const fields = (call: ApiCall): ReturnType<typeof fieldsOf<Invoice>> =>
  fieldsOf<Invoice>(
    {
      Type: (row) => row.type,
      InvoiceID: (row) => row.id,
      InvoiceNumber: (row) => row.number,
      Reference: (row) => row.reference,
      Status: (row) => row.status,
      Date: (row) => dayValue(row.date),
      DueDate: (row) => dayValue(row.dueDate),
      FullyPaidOnDate: (row) => dayValue(row.fullyPaidOn),
      UpdatedDateUTC: (row) => row.updatedAt,
      CurrencyCode: (row) => row.currencyCode,
      Url: (row) => row.url,
      AmountDue: (row) => Number(row.amountDue),
      AmountPaid: (row) => Number(row.amountPaid),
      AmountCredited: (row) => Number(row.amountCredited),
      Total: (row) => Number(row.total),
      SubTotal: (row) => Number(row.subTotal),
      TotalTax: (row) => Number(row.totalTax),
      SentToContact: (row) => row.sentToContact,
      ...contactFields(call),
    },
    ['Contact.Name'],
  );

/** `/Invoices`: sales invoices and bills. */
export const invoices: Resource = {
  scopes: ['accounting.invoices'],
  get: (call) => (call.segments[1] === undefined ? listInvoices(call) : oneInvoice(call, call.segments[1])),
  put: (call) => writeBatch(call, { ...writing, save: createInvoice, summarizes: true }),
  post: (call) => {
    const key = call.segments[1];
    const id = key === undefined ? undefined : invoiceByKey(rulesOf(call), key).id;
    return writeBatch(call, { ...writing, save: upsertInvoice, summarizes: id === undefined, id });
  },
};

const writing: Omit<Writing<typeof invoiceInput, Invoice>, 'save'> = {
  name: 'Invoices',
  idKey: 'InvoiceID',
  errorFlag: 'HasErrors',
  schema: invoiceInput,
  render: writtenInvoice,
};

function listInvoices(call: ApiCall): ReturnType<typeof list> {
  const context = rulesOf(call);
  const filters = [
    oneOf<Invoice>(call, 'IDs', (row) => row.id),
    oneOf<Invoice>(call, 'InvoiceNumbers', (row) => row.number),
    oneOf<Invoice>(call, 'ContactIDs', (row) => row.contactId),
    oneOf<Invoice>(call, 'Statuses', (row) => row.status),
    search(call),
  ];
  const summary = call.query.get('summaryOnly') === 'true';
  return list(call, {
    name: 'Invoices',
    rows: call.tenant.invoices,
    fields: fields(call),
    paged: true,
    since: true,
    filters: filters.filter((filter) => filter !== null),
    render: (row, paged) => (summary ? invoiceSummary(context, row) : listedInvoice(context, row, paged)),
  });
}

function search(call: ApiCall): Filter<Invoice> | null {
  const term = call.query.get('searchTerm');
  if (!term) return null;
  const part = fold(term);
  const nameOf = (row: Invoice): string => call.tenant.contacts.get(row.contactId)?.name ?? '';
  return (row) => [row.number, row.reference, nameOf(row)].some((value) => fold(value).includes(part));
}

function oneInvoice(call: ApiCall, key: string): ReturnType<typeof list> {
  const context = rulesOf(call);
  return envelope(call, { Invoices: [listedInvoice(context, invoiceByKey(context, key), true)] });
}
