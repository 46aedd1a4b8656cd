import type { Invoice, InvoiceType } from '../../books/records.js';
import { today } from '../../rules/context.js';
import { createInvoice, invoiceByKey, updateInvoice } from '../../rules/invoice-write.js';
import { createPayment } from '../../rules/payment-write.js';
import { invoiceInput } from '../../wire/document-inputs.js';
import { paymentInput } from '../../wire/money-inputs.js';
import { type Act, type Acts, fieldsIn, firstBank, missing, named } from './act.js';

// Numbers of bills may be those of invoices.
function invoiceNamed(act: Act, type: InvoiceType): Invoice {
  const key = named(act);
  const numbered = act.context.tenant.invoices.by('number', key).filter((row) => row.type === type);
  const found = numbered.find(({ status }) => status !== 'DELETED') ?? numbered[0];
  if (found) return found;
  const invoice = invoiceByKey(act.context, key);
  return invoice.type === type ? invoice : missing(act.entity, key);
}

const change =
  (type: InvoiceType, Status?: string) =>
  (act: Act): Invoice => {
    const input = fieldsIn(invoiceInput, { ...act.fields, ...(Status && { Status }) });
    return updateInvoice(act.context, invoiceNamed(act, type), input).row;
  };

// A document that is not approved yet is deleted, one that is approved is voided: in Xero's own pages it is one button.
const withdraw =
  (type: InvoiceType) =>
  (act: Act): Invoice => {
    const { status } = invoiceNamed(act, type);
    return change(type, status === 'DRAFT' || status === 'SUBMITTED' ? 'DELETED' : 'VOIDED')(act);
  };

const create =
  (type: InvoiceType) =>
  ({ context, fields }: Act): Invoice => {
    const DueDate = fields.Date ?? today(context);
    const usual = { Status: 'AUTHORISED', DueDate };
    return createInvoice(context, fieldsIn(invoiceInput, { ...usual, ...fields, Type: type })).row;
  };

const pay =
  (type: InvoiceType) =>
  (act: Act): unknown => {
    const { context, fields } = act;
    const { id, amountDue } = invoiceNamed(act, type);
    const usual = { Amount: amountDue, Account: firstBank(context) };
    const input = fieldsIn(paymentInput, { ...usual, ...fields, Invoice: { InvoiceID: id } });
    return createPayment(context, input).row;
  };

/** What people do with sales invoices, or with bills. */
export const invoiceActs = (type: InvoiceType): Acts => ({
  create: create(type),
  edit: change(type),
  submit: change(type, 'SUBMITTED'),
  approve: change(type, 'AUTHORISED'),
  void: withdraw(type),
  delete: withdraw(type),
  pay: pay(type),
});
