import { currencyCode, isoDate, money } from '@sync/domain';
import { z } from 'zod';
import { plainLine, plainTextOrNull } from '../../plain-text.js';
import { decoder } from './decoder.js';
import { wireId } from './envelopes.js';
import { amount, optionalText, stamps, taxesOf, wireTax } from './parts.js';

/** A purchase that was paid at once. */
const wireExpense = z.object({
  ...stamps,
  name: optionalText,
  note: optionalText,
  reference: optionalText,
  categoryId: wireId,
  categoryName: optionalText,
  vendorId: wireId.nullish(),
  date: isoDate,
  currency: currencyCode,
  amount,
  taxes: z.array(wireTax).nullish(),
  total: amount,
  mode: wireId.nullish(),
});

/** An expense. */
export const decodeExpense = decoder({
  entity: 'expenses',
  schema: wireExpense,
  toCanonical: (wire) => ({
    id: wire.id,
    name: plainLine(wire.name),
    note: plainTextOrNull(wire.note),
    reference: plainLine(wire.reference),
    categoryId: wire.categoryId,
    categoryName: plainLine(wire.categoryName) ?? wire.categoryId,
    vendorId: wire.vendorId ?? null,
    date: wire.date,
    currency: wire.currency,
    amount: money(wire.amount),
    taxes: taxesOf(wire.taxes ?? []),
    total: money(wire.total),
    modeId: wire.mode ?? null,
  }),
});
