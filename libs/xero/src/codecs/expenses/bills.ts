import type { EncodeRequest, EncodeResult, XeroRecord } from '@sync/engine';
import { type Codec, sends } from '../codec.js';
import { documentRefersTo } from '../documents/document-canonical.js';
import { derivedOf, documentFields, documentKeys } from '../documents/document-decode.js';
import { documentElement } from '../documents/document-element.js';
import { invoiceWire, paidOf } from '../documents/invoice-wire.js';
import { lineElement } from '../documents/line-element.js';
import { markedReference, markerOfUrl, markerUrl, splitReference } from '../marker.js';
import { fit } from '../wire-values.js';
import { canonicalPurchase } from './expense-canonical.js';
import { priceExpense } from './expense-money.js';
import { purchaseNames } from './purchase-names.js';

type BillRequest = EncodeRequest<'bills'>;

/**
 * Expenses ⇄ ACCPAY invoices. A bill has no Reference: the supplier's number is its InvoiceNumber, which need not be
 * unique. The marker is in the Url, or leads that number.
 */
export const billsCodec: Codec<'bills'> = {
  encode,
  decode,
  canonical: (request) => canonicalPurchase(request, request.base?.modeId ?? null),
  refersTo: (record) => documentRefersTo(record, 'vendors'),
};

function encode(request: BillRequest): EncodeResult {
  const { record, references, marker } = request;
  const priced = priceExpense(record, references.allowedCents);
  if (!priced.ok) return priced;
  const names = purchaseNames(request, priced.lines);
  if ('ok' in names) return names;
  const url = markerUrl(references.publicUrl, marker);
  const element = documentElement(request, {
    id: 'InvoiceID',
    header: {
      // Whom a person chose in Xero stays, unless the CRM names somebody else.
      ...(sends(request, 'vendorId') && { vendorId: { Contact: { ContactID: names.contactId } } }),
      reference: { InvoiceNumber: numberOf(request, url === null) },
    },
    content: {
      Type: 'ACCPAY',
      Date: record.date,
      // Xero approves nothing without a due date.
      DueDate: record.date,
      CurrencyCode: record.currency,
      LineAmountTypes: 'Exclusive',
      LineItems: priced.lines.map((line) => lineElement(names.lines, line)),
    },
    status: 'AUTHORISED',
    created: { Url: url ?? undefined },
  });
  // Of one that Xero saved as a draft, its payment says that it has to be approved.
  return { ok: true, element, expected: { total: priced.total, tax: priced.tax }, adjusted: priced.adjusted };
}

/** Xero takes printable ASCII only. */
function numberOf({ action, record, marker }: BillRequest, marked: boolean): string | undefined {
  const text = marked ? markedReference(marker, record.reference) : (record.reference ?? '');
  const number = fit(text, 255).replaceAll(/[^\x20-\x7e]/g, '?');
  return number === '' && action === 'create' ? undefined : number;
}

/** Reads a bill; null: it is a sales invoice, or something else that is listed with them. */
function decode(element: unknown): XeroRecord | null {
  const bill = invoiceWire.parse(element);
  if (bill.Type !== 'ACCPAY') return null;
  const { marker, text } = splitReference(bill.InvoiceNumber);
  return {
    xeroId: bill.InvoiceID,
    keys: { ...documentKeys(bill, null), marker: markerOfUrl(bill.Url) ?? marker },
    owned: documentFields(bill, text),
    derived: derivedOf(bill, paidOf(bill)),
    updatedAt: bill.UpdatedDateUTC,
  };
}
