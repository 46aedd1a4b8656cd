import { money } from '@sync/domain';
import {
  allocationKey,
  type CanonicalResult,
  type EncodeRequest,
  type EncodeResult,
  NO_KEYS,
  type XeroRecord,
} from '@sync/engine';
import { z } from 'zod';
import { crmIdOf, ownedText, referencesTo } from '../canonical.js';
import { type CanonicalRequest, type Codec, encoded, missingParent, refuse } from '../codec.js';
import { textOf, toWire, wireDay, wireMoment, wireNumber, wireText } from '../wire-values.js';
import { settledOf } from './payment-canonical.js';

const allocationWire = z.object({
  AllocationID: z.string(),
  Amount: wireNumber,
  Date: wireDay,
  IsDeleted: z.boolean().nullish(),
  Invoice: z.object({ InvoiceID: wireText }).nullish(),
  CreditNote: z.object({ CreditNoteID: wireText, CurrencyCode: wireText, UpdatedDateUTC: wireMoment }),
});

/**
 * Applications of credit notes ⇄ Allocations. Their elements name the credit note, which in Xero stands in the path
 * (and, of a listing, around them). There is no room for a marker: note, invoice, day and amount name them.
 */
export const creditApplicationsCodec: Codec<'credit-applications'> = {
  encode,
  decode,
  canonical,
  refersTo: (record) => [
    ...referencesTo('credit-notes', [ownedText(record, 'creditNoteXeroId')]),
    ...referencesTo('invoices', [ownedText(record, 'invoiceXeroId')]),
  ],
};

function encode({ action, record, references }: EncodeRequest<'credit-applications'>): EncodeResult {
  if (action === 'update') return refuse('CREDIT_APPLICATION_CHANGED');
  const noteId = references.parents.get('credit-notes')?.get(record.creditNoteId);
  if (noteId === undefined) return missingParent('credit note', record.creditNoteId);
  const invoiceId = references.parents.get('invoices')?.get(record.invoiceId);
  if (invoiceId === undefined) return missingParent('invoice', record.invoiceId);
  const amount = money(record.amount);
  const named = { CreditNote: { CreditNoteID: noteId }, Invoice: { InvoiceID: invoiceId } };
  return encoded(
    { ...named, Amount: toWire(amount), Date: record.date },
    { status: 'approved', total: amount },
  );
}

function decode(element: unknown): XeroRecord {
  const { AllocationID, Amount, Date: date, IsDeleted, Invoice, CreditNote } = allocationWire.parse(element);
  const amount = money(Amount);
  return {
    xeroId: AllocationID,
    keys: {
      ...NO_KEYS,
      number: decodeAllocationKey(element),
      parentXeroId: CreditNote.CreditNoteID ?? null,
      currency: textOf(CreditNote.CurrencyCode) ?? null,
      date: date ?? null,
      total: amount,
    },
    owned: {
      creditNoteXeroId: CreditNote.CreditNoteID,
      invoiceXeroId: Invoice?.InvoiceID,
      date,
      amount,
    },
    derived: { status: IsDeleted === true ? 'deleted' : 'approved', total: amount },
    updatedAt: CreditNote.UpdatedDateUTC,
  };
}

function canonical({
  record,
  base,
  references,
}: CanonicalRequest<'credit-applications'>): CanonicalResult<'credit-applications'> {
  const note = crmIdOf(references, 'credit-notes', {
    xeroId: ownedText(record, 'creditNoteXeroId') ?? null,
    parent: 'credit note',
    known: base?.creditNoteId,
  });
  if (!('id' in note)) return note;
  const invoice = crmIdOf(references, 'invoices', {
    xeroId: ownedText(record, 'invoiceXeroId') ?? null,
    parent: 'invoice',
    known: base?.invoiceId,
  });
  if (!('id' in invoice)) return invoice;
  const settled = settledOf(record, base, references);
  if (!settled.ok) return settled;
  const { ok: _, ...amounts } = settled;
  const ids = { id: base?.id ?? '', creditNoteId: note.id, invoiceId: invoice.id };
  return { ok: true, record: { ...ids, ...amounts } };
}

const keyWire = z.object({
  CreditNote: z.object({ CreditNoteID: z.string() }),
  Invoice: z.object({ InvoiceID: z.string() }),
  Date: wireDay.pipe(z.string()),
  Amount: wireNumber,
});

/** What names an allocation in a request as in a reply; null: something of it is missing. */
export function decodeAllocationKey(element: unknown): string | null {
  const parsed = keyWire.safeParse(element);
  if (!parsed.success) return null;
  const { CreditNote, Invoice, Date: date, Amount } = parsed.data;
  return allocationKey({
    creditNoteXeroId: CreditNote.CreditNoteID,
    invoiceXeroId: Invoice.InvoiceID,
    date,
    amount: money(Amount),
  });
}

const noteWire = z.object({
  Type: wireText,
  CreditNoteID: z.string(),
  CurrencyCode: z.unknown(),
  UpdatedDateUTC: z.unknown(),
  Allocations: z.array(z.looseObject({})).nullish(),
});

/** The allocations of a credit note of a customer, each naming its note. A note that lists them lists them all. */
export function allocationsWithin(note: unknown): { elements: unknown[]; wholeOf: string | null } {
  const { Type, Allocations, ...named } = noteWire.parse(note);
  if (typeof Type === 'string' && Type !== 'ACCRECCREDIT') return { elements: [], wholeOf: null };
  const elements = (Allocations ?? []).map((allocation) => ({ ...allocation, CreditNote: named }));
  return { elements, wholeOf: Allocations ? named.CreditNoteID : null };
}

/** An element of a call to a note's allocations, naming that note. */
export function withNote(element: unknown, noteId: string): object {
  return { ...z.looseObject({}).catch({}).parse(element), CreditNote: { CreditNoteID: noteId } };
}
