import type { TaxComponent } from '@sync/domain';
import { plain } from '@sync/domain';
import { z } from 'zod';
import { plainLine } from '../../plain-text.js';
import { wireId } from './envelopes.js';

/** Text that may be absent. */
export const optionalText = z.string().nullish();

/** An amount of money. */
export const amount = z
  .string()
  .regex(
    /^-?\d{1,13}(\.\d{1,2})?$/,
    'must be an amount written as text with at most two decimals, such as "12.50"',
  );

/** A quantity or a price of one unit. */
export const number = z
  .string()
  .regex(
    /^-?\d{1,13}(\.\d{1,4})?$/,
    'must be a number written as text with at most four decimals, such as "1.25"',
  );

/** A tax as a line or an item carries it. */
export const wireTax = z.object({
  name: z.string().min(1),
  rate: z.string().regex(/^\d{1,3}(\.\d{1,4})?$/, 'must be percent written as text, such as "20.00"'),
});

/** What every record has. */
export const stamps = {
  id: wireId,
  createdAt: z.iso
    .datetime({ offset: true, error: 'must be a moment such as "2026-01-31T09:30:00Z"' })
    .nullish(),
};

/** The taxes of a line or item. */
export function taxesOf(taxes: readonly z.infer<typeof wireTax>[]): TaxComponent[] {
  return taxes.map(({ name, rate }) => ({ name: plainLine(name) ?? '', rate: plain(rate) }));
}
