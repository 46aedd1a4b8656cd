import { currencyCode, type DocumentLine, isoDate, money, plain } from '@sync/domain';
import { z } from 'zod';
import { plainLine, plainText } from '../../plain-text.js';
import { wireId } from './envelopes.js';
import { amount, number, optionalText, stamps, taxesOf, wireTax } from './parts.js';

/** A charged line. */
export const wireLine = z.object({
  itemId: wireId.nullish(),
  description: optionalText,
  quantity: number,
  price: number,
  taxes: z.array(wireTax).nullish(),
});

/** What invoices and credit notes have in common. */
export const wireDocument = {
  ...stamps,
  number: optionalText,
  reference: optionalText,
  customerId: wireId,
  date: isoDate,
  currency: currencyCode,
  lines: z.array(wireLine),
  discount: z.object({ timing: z.enum(['before_tax', 'after_tax']), total: amount }).nullish(),
  adjustment: amount.nullish(),
  subtotal: amount,
  totalTax: amount,
  total: amount,
};

const shape = z.object(wireDocument);

/** What invoices and credit notes have in common, in the canonical form. */
export function documentOf(wire: z.infer<typeof shape>) {
  return {
    id: wire.id,
    number: plainLine(wire.number),
    reference: plainLine(wire.reference),
    customerId: wire.customerId,
    date: wire.date,
    currency: wire.currency,
    lines: wire.lines.map(lineOf),
    discountTiming: wire.discount?.timing === 'after_tax' ? ('after-tax' as const) : ('before-tax' as const),
    discountTotal: money(wire.discount?.total ?? '0'),
    adjustment: money(wire.adjustment ?? '0'),
    subtotal: money(wire.subtotal),
    totalTax: money(wire.totalTax),
    total: money(wire.total),
  };
}

/** A line in the canonical form. */
export function lineOf(line: z.infer<typeof wireLine>): DocumentLine {
  return {
    description: plainText(line.description ?? ''),
    quantity: plain(line.quantity),
    unitPrice: plain(line.price),
    taxes: taxesOf(line.taxes ?? []),
    itemId: line.itemId ?? null,
  };
}
