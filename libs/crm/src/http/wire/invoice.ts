import { currencyCode, type DocumentLine, isoDate, money, plain } from '@sync/domain';
import { z } from 'zod';
import { plainLine, plainText } from '../../plain-text.js';
import { type Decoder, decoder } from './decoder.js';
import { wireId } from './envelopes.js';
import { amount, number, optionalText, stamps, taxesOf, wireTax } from './parts.js';

const wireLine = z.object({
  itemId: wireId.nullish(),
  description: optionalText,
  quantity: number,
  price: number,
  taxes: z.array(wireTax).nullish(),
});

/** An invoice; what a draft holds is not looked at. */
const wireInvoice = z.object({
  ...stamps,
  number: optionalText,
  reference: optionalText,
  customerId: wireId,
  date: isoDate,
  dueDate: isoDate.nullish(),
  currency: currencyCode,
  status: z.enum(['draft', 'open', 'cancelled']),
  lines: z.array(wireLine),
  discount: z.object({ timing: z.enum(['before_tax', 'after_tax']), total: amount }).nullish(),
  adjustment: amount.nullish(),
  subtotal: amount,
  totalTax: amount,
  total: amount,
  paid: amount,
  credited: amount.nullish(),
});

const isDraft = z.object({ status: z.literal('draft') });

const decodeIssued = decoder({
  entity: 'invoices',
  schema: wireInvoice,
  toCanonical: (wire) => ({
    id: wire.id,
    number: plainLine(wire.number),
    reference: plainLine(wire.reference),
    customerId: wire.customerId,
    date: wire.date,
    dueDate: wire.dueDate ?? null,
    currency: wire.currency,
    status: wire.status,
    lines: wire.lines.map(lineOf),
    discountTiming: wire.discount?.timing === 'after_tax' ? 'after-tax' : 'before-tax',
    discountTotal: money(wire.discount?.total ?? '0'),
    adjustment: money(wire.adjustment ?? '0'),
    subtotal: money(wire.subtotal),
    totalTax: money(wire.totalTax),
    total: money(wire.total),
    paid: money(wire.paid),
    credited: money(wire.credited ?? '0'),
  }),
});

/** A draft is not meant for Xero yet, whatever else is in it. */
export const decodeInvoice: Decoder<'invoices'> = (id, raw) =>
  isDraft.safeParse(raw).success ? { id, state: 'excluded', reason: 'draft' } : decodeIssued(id, raw);

function lineOf(line: z.infer<typeof wireLine>): DocumentLine {
  return {
    description: plainText(line.description ?? ''),
    quantity: plain(line.quantity),
    unitPrice: plain(line.price),
    taxes: taxesOf(line.taxes ?? []),
    itemId: line.itemId ?? null,
  };
}
