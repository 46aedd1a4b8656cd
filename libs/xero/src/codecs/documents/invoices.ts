import type { EncodeRequest, EncodeResult, XeroRecord } from '@sync/engine';
import { z } from 'zod';
import type { Codec } from '../codec.js';
import { markerOfUrl, markerUrl, splitReference } from '../marker.js';
import { priceDocument } from '../money/price-document.js';
import { textOf, wireDay, wireNumber, wireText } from '../wire-values.js';
import { amountOf, derivedOf, documentFields, documentKeys } from './document-decode.js';
import { documentElement, expectationOf, referenceOf } from './document-element.js';
import { documentWire } from './document-wire.js';
import { missingForSales, salesContent } from './sales-document.js';

const invoiceWire = documentWire.extend({
  InvoiceID: z.string(),
  InvoiceNumber: wireText,
  Url: wireText,
  DueDate: wireDay,
  AmountDue: wireNumber.nullish(),
  AmountPaid: wireNumber.nullish(),
  AmountCredited: wireNumber.nullish(),
});

/** Invoices ⇄ ACCREC invoices. The marker is in the Url, or leads the Reference. */
export const invoicesCodec: Codec<'invoices'> = { encode, decode };

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
    derived: derivedOf(invoice, {
      paid: amountOf(invoice.AmountPaid),
      credited: amountOf(invoice.AmountCredited),
      due: amountOf(invoice.AmountDue),
    }),
    updatedAt: invoice.UpdatedDateUTC,
  };
}
