import type { CreditNoteRecord, CustomerRecord, ItemRecord } from '../records.js';
import { BASE_CURRENCY } from '../reference.js';
import { totalsOf } from '../totals.js';
import { momentOn } from './dates.js';
import { makeAdjustment, makeDiscount } from './discounts.js';
import { makeLines } from './lines.js';
import type { Random } from './random.js';

/** What is given of a credit note before it is made. */
export interface CreditNoteStart {
  id: string;
  number: string;
  date: string;
  customer: CustomerRecord;
}

/** What credit notes are made from. */
export interface CreditNoteMaking {
  random: Random;
  now: Date;
  items: readonly ItemRecord[];
}

/** One open credit note of which nothing is used yet. */
export function makeCreditNote(start: CreditNoteStart, making: CreditNoteMaking): CreditNoteRecord {
  const { random, now } = making;
  const { customer, ...given } = start;
  const lines = makeLines(random, making.items).slice(0, 2);
  const discount = makeDiscount(random, lines);
  const adjustment = makeAdjustment(random, totalsOf({ lines, discount, adjustment: '0.00' }).total);
  const { discountTotal, ...amounts } = totalsOf({ lines, discount, adjustment });
  const createdAt = momentOn(given.date, random.next(), now);
  return {
    ...given,
    reference: random.chance(0.4) ? random.fill('RMA-####') : null,
    customerId: customer.id,
    currency: customer.currency ?? BASE_CURRENCY,
    status: 'open',
    lines,
    discount: discount === null ? null : { ...discount, total: discountTotal },
    adjustment,
    ...amounts,
    applied: '0.00',
    refunded: '0.00',
    createdAt,
    updatedAt: createdAt,
  };
}

/** The number that is printed on the n-th credit note. */
export function creditNoteNumber(ordinal: number): string {
  return `CN-${String(ordinal).padStart(6, '0')}`;
}
