import { currencyCode, isoDate, money } from '@sync/domain';
import { z } from 'zod';
import { plainLine } from '../../plain-text.js';
import { decoder } from './decoder.js';
import { wireId } from './envelopes.js';
import { amount, optionalText, stamps } from './parts.js';

/** Money paid back for a credit note. */
const wireRefund = z.object({
  ...stamps,
  creditNoteId: wireId,
  date: isoDate,
  amount,
  currency: currencyCode,
  mode: wireId,
  transactionId: optionalText,
});

/** A refund. */
export const decodeRefund = decoder({
  entity: 'refunds',
  schema: wireRefund,
  toCanonical: (wire) => ({
    id: wire.id,
    creditNoteId: wire.creditNoteId,
    date: wire.date,
    amount: money(wire.amount),
    currency: wire.currency,
    modeId: wire.mode,
    reference: plainLine(wire.transactionId),
  }),
});
