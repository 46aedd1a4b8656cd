import { isoDate, money } from '@sync/domain';
import { z } from 'zod';
import { type Decoder, decoder } from './decoder.js';
import { documentOf, wireDocument } from './document.js';
import { amount } from './parts.js';

/** An invoice; what a draft holds is not looked at. */
const wireInvoice = z.object({
  ...wireDocument,
  dueDate: isoDate.nullish(),
  status: z.enum(['draft', 'open', 'cancelled']),
  sent: z.boolean().nullish(),
  paid: amount,
  credited: amount.nullish(),
});

const isDraft = z.object({ status: z.literal('draft') });

/** Reads a draft, too: one that we wrote ourselves. */
export const decodeAnyInvoice: Decoder<'invoices'> = decoder({
  entity: 'invoices',
  schema: wireInvoice,
  toCanonical: (wire) => ({
    ...documentOf(wire),
    dueDate: wire.dueDate ?? null,
    status: wire.status,
    sent: wire.sent ?? false,
    paid: money(wire.paid),
    credited: money(wire.credited ?? '0'),
  }),
});

/** A draft is not meant for Xero yet, whatever else is in it. */
export const decodeInvoice: Decoder<'invoices'> = (id, raw) =>
  isDraft.safeParse(raw).success ? { id, state: 'excluded', reason: 'draft' } : decodeAnyInvoice(id, raw);
