import { money, sum } from '@sync/domain';
import type { CanonicalResult, EncodeRequest, EncodeResult, XeroRecord } from '@sync/engine';
import { z } from 'zod';
import { inexpressible, keptNumber } from '../canonical.js';
import { type CanonicalRequest, type Codec } from '../codec.js';
import { priceDocument } from '../money/price-document.js';
import { asDated, bookingOf } from '../moved-date.js';
import { textOf, wireNumber, wireText } from '../wire-values.js';
import { documentRefersTo, headerOf } from './document-canonical.js';
import { amountOf, derivedOf, documentFields, documentKeys, stageOf } from './document-decode.js';
import { documentElement, expectationOf, referenceOf } from './document-element.js';
import { documentWire } from './document-wire.js';
import { salesMoney } from './sales-canonical.js';
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
export const creditNotesCodec: Codec<'credit-notes'> = {
  encode,
  decode,
  canonical,
  refersTo: (record) => documentRefersTo(record, 'customers'),
};

function encode(request: EncodeRequest<'credit-notes'>): EncodeResult {
  const { record, references } = request;
  const { allowedCents, invoiceStatus } = references;
  // Xero takes discounts of lines on invoices only.
  const priced = priceDocument(record, { discountOnLines: false, allowedCents });
  if (!priced.ok) return priced;
  const missing = missingForSales(request, priced.lines);
  if (missing !== null) return missing;
  const booking = bookingOf(request);
  const element = documentElement(request, {
    id: 'CreditNoteID',
    header: {
      number: { CreditNoteNumber: record.number ?? undefined },
      reference: {
        Reference: referenceOf(request, record.reference, { marked: true, note: booking.note }),
      },
    },
    content: { Type: 'ACCRECCREDIT', ...salesContent(request, priced.lines, booking) },
    status: invoiceStatus,
  });
  const expected = expectationOf(request, priced, invoiceStatus);
  return { ok: true, element, expected, adjusted: priced.adjusted };
}

/** Reads a credit note of a customer; null: it is one of a supplier. */
function decode(element: unknown): XeroRecord | null {
  const note = creditNoteWire.parse(element);
  if (typeof note.Type === 'string' && note.Type !== 'ACCRECCREDIT') return null;
  const { marker, text, date, moved } = asDated(note);
  const dated = { ...note, Date: date };
  return {
    xeroId: note.CreditNoteID,
    keys: { ...documentKeys(dated, note.CreditNoteNumber), marker },
    owned: {
      number: textOf(note.CreditNoteNumber),
      ...documentFields(dated, text),
      ...moved,
    },
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

function canonical({
  record,
  base,
  references,
}: CanonicalRequest<'credit-notes'>): CanonicalResult<'credit-notes'> {
  const { status, credited = '0.00', paid = '0.00' } = record.derived;
  // CRMs know no draft of a credit note: what is not approved yet counts nowhere.
  if (base === null && stageOf(status) === 'draft') return inexpressible('it is not approved in Xero');
  const known = base && { ...base, contactId: base.customerId };
  const head = headerOf(record, known, { references, contacts: 'customers' });
  if (!head.ok) return head;
  const priced = salesMoney(record, base, { references, discountOnLines: false });
  if (!priced.ok) return priced;
  const { contactId: customerId, ...header } = head.header;
  return {
    ok: true,
    record: {
      id: base?.id ?? '',
      ...header,
      customerId,
      status: stageOf(status) === 'void' ? 'void' : 'open',
      ...priced.money,
      applied: keptNumber(base?.applied, credited),
      refunded: keptNumber(base?.refunded, paid),
    },
  };
}
