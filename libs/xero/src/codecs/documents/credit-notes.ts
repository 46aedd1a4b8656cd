import { money, sum } from '@sync/domain';
import type { EncodeRequest, EncodeResult, XeroRecord } from '@sync/engine';
import { z } from 'zod';
import type { Codec } from '../codec.js';
import { splitReference } from '../marker.js';
import { priceDocument } from '../money/price-document.js';
import { textOf, wireNumber, wireText } from '../wire-values.js';
import { amountOf, derivedOf, documentFields, documentKeys } from './document-decode.js';
import { documentElement, expectationOf, referenceOf } from './document-element.js';
import { documentWire } from './document-wire.js';
import { missingForSales, salesContent } from './sales-document.js';

const part = z.object({ Amount: wireNumber, IsDeleted: z.boolean().nullish() });

const creditNoteWire = documentWire.extend({
  CreditNoteID: z.string(),
  CreditNoteNumber: wireText,
  RemainingCredit: wireNumber.nullish(),
  Allocations: z.array(part).nullish(),
  Payments: z.array(part).nullish(),
});

/** Credit notes ⇄ ACCRECCREDIT credit notes. They have no Url, so the Reference begins with the marker. */
export const creditNotesCodec: Codec<'credit-notes'> = { encode, decode };

function encode(request: EncodeRequest<'credit-notes'>): EncodeResult {
  const { record, references } = request;
  const { allowedCents, invoiceStatus } = references;
  // Xero takes discounts of lines on invoices only.
  const priced = priceDocument(record, { discountOnLines: false, allowedCents });
  if (!priced.ok) return priced;
  const missing = missingForSales(request, priced.lines);
  if (missing !== null) return missing;
  const element = documentElement(request, {
    id: 'CreditNoteID',
    header: {
      number: { CreditNoteNumber: record.number ?? undefined },
      reference: { Reference: referenceOf(request, record.reference, true) },
    },
    content: { Type: 'ACCRECCREDIT', ...salesContent(request, priced.lines) },
    status: invoiceStatus,
  });
  const expected = expectationOf(request, priced, invoiceStatus);
  return { ok: true, element, expected, adjusted: priced.adjusted };
}

/** Reads a credit note of a customer; null: it is one of a supplier. */
function decode(element: unknown): XeroRecord | null {
  const note = creditNoteWire.parse(element);
  if (typeof note.Type === 'string' && note.Type !== 'ACCRECCREDIT') return null;
  const { marker, text } = splitReference(note.Reference);
  return {
    xeroId: note.CreditNoteID,
    keys: { ...documentKeys(note, note.CreditNoteNumber), marker },
    owned: { number: textOf(note.CreditNoteNumber), ...documentFields(note, text) },
    derived: derivedOf(note, {
      paid: totalOf(note.Payments),
      credited: totalOf(note.Allocations),
      due: amountOf(note.RemainingCredit),
    }),
    updatedAt: note.UpdatedDateUTC,
  };
}

function totalOf(parts: z.infer<typeof part>[] | null | undefined): string | undefined {
  const standing = parts?.filter(({ IsDeleted }) => IsDeleted !== true);
  return standing ? money(sum(standing.map(({ Amount }) => Amount))) : undefined;
}
