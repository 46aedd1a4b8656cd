import { currencyCode, isoDate, money } from '@sync/domain';
import { z } from 'zod';
import { decoder } from './decoder.js';
import { documentOf, wireDocument } from './document.js';
import { wireId } from './envelopes.js';
import { amount, stamps } from './parts.js';

/** What a customer is credited. */
const wireCreditNote = z.object({
  ...wireDocument,
  status: z.enum(['open', 'void']),
  applied: amount,
  refunded: amount,
});

/** A credit note. */
export const decodeCreditNote = decoder({
  entity: 'credit-notes',
  schema: wireCreditNote,
  toCanonical: (wire) => ({
    ...documentOf(wire),
    status: wire.status,
    applied: money(wire.applied),
    refunded: money(wire.refunded),
  }),
});

/** A part of a credit note that pays for an invoice. */
const wireApplication = z.object({
  ...stamps,
  creditNoteId: wireId,
  invoiceId: wireId,
  date: isoDate,
  amount,
  currency: currencyCode,
});

/** The application of a credit note to an invoice. */
export const decodeCreditApplication = decoder({
  entity: 'credit-applications',
  schema: wireApplication,
  toCanonical: (wire) => ({
    id: wire.id,
    creditNoteId: wire.creditNoteId,
    invoiceId: wire.invoiceId,
    date: wire.date,
    amount: money(wire.amount),
    currency: wire.currency,
  }),
});
