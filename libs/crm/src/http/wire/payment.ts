import { currencyCode, isoDate, money } from '@sync/domain';
import { z } from 'zod';
import { plainLine } from '../../plain-text.js';
import { decoder } from './decoder.js';
import { wireId } from './envelopes.js';
import { amount, optionalText, stamps } from './parts.js';

/** Money received for one invoice. */
const wirePayment = z.object({
  ...stamps,
  invoiceId: wireId,
  date: isoDate,
  amount,
  currency: currencyCode,
  mode: wireId,
  transactionId: optionalText,
});

/** A payment. */
export const decodePayment = decoder({
  entity: 'payments',
  schema: wirePayment,
  toCanonical: (wire) => ({
    id: wire.id,
    invoiceId: wire.invoiceId,
    date: wire.date,
    amount: money(wire.amount),
    currency: wire.currency,
    modeId: wire.mode,
    reference: plainLine(wire.transactionId),
  }),
});
