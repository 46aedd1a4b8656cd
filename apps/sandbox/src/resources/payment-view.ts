import type { BatchPayment, Credit, Invoice, LinedDocument, Payment } from '../books/records.js';
import type { RuleContext } from '../rules/context.js';
import { paymentType } from '../rules/payment-target.js';
import { dayString, instantString, present, wireDay, wireInstant } from '../wire/values.js';
import { creditNames } from './allocation-view.js';
import { contactSummary } from './contact-view.js';
import { paidCredit } from './credit-note-view.js';
import { paidInvoice } from './invoice-view.js';

type View = Record<string, unknown>;

/** A payment in a list: the document is a sketch. */
export function listedPayment(context: RuleContext, row: Payment): View {
  const account = context.tenant.accounts.get(row.accountId);
  return present({
    ...base(context, row),
    Account: { AccountID: row.accountId, Code: account?.code ?? '' },
    ...sketchOf(context, row),
    HasValidationErrors: false,
  });
}

/** A payment by itself, or in the answer to a write: the document is whole. */
export function singlePayment(context: RuleContext, row: Payment): View {
  const account = context.tenant.accounts.get(row.accountId);
  return present({
    ...base(context, row),
    Account: { AccountID: row.accountId, Code: account?.code ?? '', Name: account?.name ?? '' },
    ...documentView(context, row),
    HasValidationErrors: false,
  });
}

function base(context: RuleContext, row: Payment): View {
  const batch = row.batchId === null ? undefined : context.tenant.batchPayments.get(row.batchId);
  return {
    PaymentID: row.id,
    ...(batch && { BatchPaymentID: batch.id, BatchPayment: batchSketch(batch) }),
    Date: wireDay(row.date),
    BankAmount: Number(row.bankAmount),
    Amount: Number(row.amount),
    Reference: row.reference,
    CurrencyRate: Number(row.currencyRate),
    PaymentType: paymentType(context, row),
    Status: row.status,
    UpdatedDateUTC: wireInstant(row.updatedAt),
    UpdatedDateUTCString: instantString(row.updatedAt),
    HasAccount: true,
    IsReconciled: row.isReconciled,
  };
}

const batchSketch = (batch: BatchPayment): View => ({
  Account: { AccountID: batch.accountId },
  BatchPaymentID: batch.id,
  DateString: dayString(batch.date),
  Date: wireDay(batch.date),
  Type: batch.type,
  Status: batch.status,
  TotalAmount: Number(batch.total),
  UpdatedDateUTC: wireInstant(batch.updatedAt),
  IsReconciled: batch.isReconciled,
});

function documentView(context: RuleContext, { target, targetId }: Payment): View {
  const { invoices, creditNotes, advances } = context.tenant;
  if (target === 'invoice') {
    const invoice = invoices.get(targetId);
    return invoice ? { Invoice: paidInvoice(context, invoice) } : {};
  }
  const credit: Credit | undefined =
    target === 'creditNote' ? creditNotes.get(targetId) : advances.get(targetId);
  return credit ? { [creditNames[target].name]: paidCredit(context, target, credit) } : {};
}

function sketchOf(context: RuleContext, row: Payment): View {
  const { invoices, creditNotes, advances } = context.tenant;
  const { target, targetId } = row;
  if (target === 'invoice') return { Invoice: invoiceSketch(context, targetId, invoices.get(targetId)) };
  const { name, idKey } = creditNames[target];
  const note = target === 'creditNote' ? creditNotes.get(targetId) : undefined;
  const credit = note ?? advances.get(targetId);
  return {
    [name]: {
      ...(note && { Type: note.type, CreditNoteNumber: note.number }),
      [idKey]: targetId,
      ID: targetId,
      HasErrors: false,
      InvoiceAddresses: [],
      ...partners(context, credit),
    },
  };
}

const invoiceSketch = (context: RuleContext, id: string, invoice: Invoice | undefined): View => ({
  Type: invoice?.type ?? 'ACCREC',
  InvoiceID: id,
  InvoiceNumber: invoice?.number ?? '',
  Payments: [],
  CreditNotes: [],
  Prepayments: [],
  Overpayments: [],
  IsDiscounted: false,
  InvoiceAddresses: [],
  HasErrors: false,
  InvoicePaymentServices: [],
  ...partners(context, invoice),
});

function partners({ tenant }: RuleContext, document: LinedDocument | undefined): View {
  const contact = tenant.contacts.get(document?.contactId ?? '');
  return {
    ...(contact && { Contact: contactSummary(contact) }),
    LineItems: [],
    CurrencyCode: document?.currencyCode ?? '',
  };
}
