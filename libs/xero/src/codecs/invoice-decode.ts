import { type Json, money, plain } from '@sync/domain';
import type { XeroDerived, XeroRecord } from '@sync/engine';
import { NO_KEYS } from './codec.js';
import { type InvoiceWire, invoiceWire, type LineWire } from './invoice-wire.js';
import { markerOfUrl, splitReference } from './marker.js';
import { textOf } from './wire-values.js';

const STATUSES: Readonly<Record<string, XeroDerived['status']>> = {
  DRAFT: 'draft',
  SUBMITTED: 'submitted',
  AUTHORISED: 'approved',
  PAID: 'paid',
  VOIDED: 'voided',
  DELETED: 'deleted',
};

/** Reads a sales invoice; null: it is a bill. */
export function decodeInvoice(element: unknown): XeroRecord | null {
  const invoice = invoiceWire.parse(element);
  if (typeof invoice.Type === 'string' && invoice.Type !== 'ACCREC') return null;
  const reference = splitReference(invoice.Reference);
  return {
    xeroId: invoice.InvoiceID,
    keys: {
      ...NO_KEYS,
      marker: markerOfUrl(invoice.Url) ?? reference.marker,
      number: textOf(invoice.InvoiceNumber) ?? null,
      parentXeroId: invoice.Contact?.ContactID ?? null,
      currency: textOf(invoice.CurrencyCode) ?? null,
      date: invoice.Date ?? null,
      total: amount(invoice.Total) ?? null,
    },
    owned: ownedOf(invoice, reference.text),
    derived: derivedOf(invoice),
    updatedAt: invoice.UpdatedDateUTC,
  };
}

function ownedOf(invoice: InvoiceWire, reference: string | null | undefined): XeroRecord['owned'] {
  return {
    number: textOf(invoice.InvoiceNumber),
    reference,
    contactXeroId: invoice.Contact?.ContactID,
    date: invoice.Date,
    dueDate: invoice.DueDate,
    currency: textOf(invoice.CurrencyCode),
    lines: invoice.LineItems?.map(lineOf),
  };
}

/** LineAmount stands for the discount too, however it was entered. */
function lineOf(line: LineWire): Json {
  return {
    description: textOf(line.Description) ?? null,
    quantity: exact(line.Quantity) ?? null,
    unitAmount: exact(line.UnitAmount) ?? null,
    amount: amount(line.LineAmount) ?? null,
    tax: amount(line.TaxAmount) ?? null,
    taxType: textOf(line.TaxType) ?? null,
    accountCode: textOf(line.AccountCode) ?? null,
    itemCode: textOf(line.ItemCode) ?? null,
  };
}

function derivedOf(invoice: InvoiceWire): XeroDerived {
  const amounts = {
    total: amount(invoice.Total),
    tax: amount(invoice.TotalTax),
    paid: amount(invoice.AmountPaid),
    credited: amount(invoice.AmountCredited),
    due: amount(invoice.AmountDue),
  };
  const known = Object.entries(amounts).filter(([, value]) => value !== undefined);
  // A status that Xero adds one day must not read as approved.
  return { status: STATUSES[invoice.Status ?? ''] ?? 'draft', ...Object.fromEntries(known) };
}

function amount(value: string | null | undefined): string | undefined {
  return typeof value === 'string' ? money(value) : undefined;
}

function exact(value: string | null | undefined): string | undefined {
  return typeof value === 'string' ? plain(value) : undefined;
}
