import { currencyCode, isoDate, money } from '@sync/domain';
import { z } from 'zod';
import { plainLine } from '../../plain-text.js';
import { decoder } from './decoder.js';
import { lineOf, wireLine } from './document.js';
import { wireId } from './envelopes.js';
import { amount, optionalText, stamps } from './parts.js';

/** An order to a vendor. */
const wirePurchaseOrder = z.object({
  ...stamps,
  number: optionalText,
  reference: optionalText,
  vendorId: wireId,
  date: isoDate,
  deliveryDate: isoDate.nullish(),
  currency: currencyCode,
  status: z.enum(['open', 'approved', 'rejected', 'cancelled']),
  lines: z.array(wireLine.extend({ discount: amount.nullish() })),
  discount: z.object({ total: amount }).nullish(),
  shippingFee: amount.nullish(),
  subtotal: amount,
  totalTax: amount,
  total: amount,
});

/** A purchase order. */
export const decodePurchaseOrder = decoder({
  entity: 'purchase-orders',
  schema: wirePurchaseOrder,
  toCanonical: (wire) => ({
    id: wire.id,
    number: plainLine(wire.number),
    reference: plainLine(wire.reference),
    vendorId: wire.vendorId,
    date: wire.date,
    deliveryDate: wire.deliveryDate ?? null,
    currency: wire.currency,
    status: wire.status,
    lines: wire.lines.map((line) => ({ ...lineOf(line), discount: money(line.discount ?? '0') })),
    discountTotal: money(wire.discount?.total ?? '0'),
    shippingFee: money(wire.shippingFee ?? '0'),
    subtotal: money(wire.subtotal),
    totalTax: money(wire.totalTax),
    total: money(wire.total),
  }),
});
