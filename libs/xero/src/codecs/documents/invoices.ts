import type { Invoice } from '@sync/domain';
import type { CanonicalResult, EncodeRequest, EncodeResult, XeroDerived, XeroRecord } from '@sync/engine';
import { keptNumber, ownedText } from '../canonical.js';
import { type CanonicalRequest, type Codec } from '../codec.js';
import { markerOfUrl, markerUrl, splitReference } from '../marker.js';
import { priceDocument } from '../money/price-document.js';
import { textOf } from '../wire-values.js';
import { documentRefersTo, headerOf } from './document-canonical.js';
import { derivedOf, documentFields, documentKeys, stageOf } from './document-decode.js';
import { documentElement, expectationOf, referenceOf } from './document-element.js';
import { invoiceWire, paidOf } from './invoice-wire.js';
import { salesMoney } from './sales-canonical.js';
import { missingForSales, salesContent } from './sales-document.js';

/** Invoices ⇄ ACCREC invoices. The marker is in the Url, or leads the Reference. */
export const invoicesCodec: Codec<'invoices'> = {
  encode,
  decode,
  canonical,
  refersTo: (record) => documentRefersTo(record, 'customers'),
};

function encode(request: EncodeRequest<'invoices'>): EncodeResult {
  const { record, references, marker } = request;
  const { allowedCents, invoiceStatus } = references;
  const priced = priceDocument(record, { discountOnLines: true, allowedCents });
  if (!priced.ok) return priced;
  const missing = missingForSales(request, priced.lines);
  if (missing !== null) return missing;
  const url = markerUrl(references.publicUrl, marker);
  const element = documentElement(request, {
    id: 'InvoiceID',
    header: {
      number: { InvoiceNumber: record.number ?? undefined },
      reference: { Reference: referenceOf(request, record.reference, url === null) },
      // Xero approves nothing without a due date.
      dueDate: { DueDate: record.dueDate ?? record.date },
    },
    content: { Type: 'ACCREC', ...salesContent(request, priced.lines) },
    status: invoiceStatus,
    created: { Url: url ?? undefined },
  });
  const expected = expectationOf(request, priced, invoiceStatus);
  return { ok: true, element, expected, adjusted: priced.adjusted };
}

/** Reads a sales invoice; null: it is a bill. */
function decode(element: unknown): XeroRecord | null {
  const invoice = invoiceWire.parse(element);
  if (typeof invoice.Type === 'string' && invoice.Type !== 'ACCREC') return null;
  const { marker, text } = splitReference(invoice.Reference);
  return {
    xeroId: invoice.InvoiceID,
    keys: {
      ...documentKeys(invoice, invoice.InvoiceNumber),
      marker: markerOfUrl(invoice.Url) ?? marker,
    },
    owned: {
      number: textOf(invoice.InvoiceNumber),
      dueDate: invoice.DueDate,
      ...documentFields(invoice, text),
    },
    derived: derivedOf(invoice, paidOf(invoice)),
    updatedAt: invoice.UpdatedDateUTC,
  };
}

function canonical({ record, base, references }: CanonicalRequest<'invoices'>): CanonicalResult<'invoices'> {
  const known = base && { ...base, contactId: base.customerId };
  const head = headerOf(record, known, { references, contacts: 'customers' });
  if (!head.ok) return head;
  const priced = salesMoney(record, base, { references, discountOnLines: true });
  if (!priced.ok) return priced;
  const { contactId: customerId, ...header } = head.header;
  const { paid = '0.00', credited = '0.00', status } = record.derived;
  return {
    ok: true,
    record: {
      id: base?.id ?? '',
      ...header,
      customerId,
      dueDate: dueDateOf(record, base),
      status: statusOf(status, base),
      ...priced.money,
      paid: keptNumber(base?.paid, paid),
      credited: keptNumber(base?.credited, credited),
    },
  };
}

/** One without a due date was sent with its own date, since Xero approves nothing without. */
function dueDateOf(record: XeroRecord, base: Invoice | null): string | null {
  const held = ownedText(record, 'dueDate');
  if (base !== null && (held === undefined || held === (base.dueDate ?? base.date))) return base.dueDate;
  return held ?? null;
}

/** One that the CRM knows as open may be a draft in Xero, by the organization's own choice. */
function statusOf(status: XeroDerived['status'], base: Invoice | null): Invoice['status'] {
  const stage = stageOf(status);
  if (stage === 'void') return 'cancelled';
  return stage === 'draft' && base?.status !== 'open' ? 'draft' : 'open';
}
