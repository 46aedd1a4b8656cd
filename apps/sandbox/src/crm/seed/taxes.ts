import type { TaxCopy, TaxRecord } from '../records.js';
import { dayAfter, dayOf, momentOn } from './dates.js';

const VAT: TaxCopy = { name: 'VAT', rate: '20.00' };
const REDUCED: TaxCopy = { name: 'VAT reduced', rate: '5.00' };
const SALES_TAX: TaxCopy = { name: 'Sales Tax', rate: '7.25' };
const CITY_TAX: TaxCopy = { name: 'City Tax', rate: '1.50' };
const GST: TaxCopy = { name: 'GST', rate: '15.00' };
const TOURISM: TaxCopy = { name: 'Tourism Levy', rate: '3.00' };

/** The taxes of the CRM's list. */
const TAX_LIST = [VAT, REDUCED, SALES_TAX, CITY_TAX, GST, TOURISM] as const;

/** The pairs that stand together on a line. */
export const TAX_PAIRS: readonly TaxCopy[][] = [
  [SALES_TAX, CITY_TAX],
  [VAT, TOURISM],
  [GST, TOURISM],
];

/** What a line mostly carries, without tax included. */
export const SINGLE_TAXES: readonly TaxCopy[][] = [
  [VAT],
  [VAT],
  [REDUCED],
  [SALES_TAX],
  [GST],
  [TOURISM],
  [],
];

/** The tax records, made a year before `now`. */
export function makeTaxes(now: Date): TaxRecord[] {
  const createdAt = momentOn(dayAfter(dayOf(now), -364), 0, now);
  return TAX_LIST.map((tax, at) => ({ id: String(at + 1), ...tax, createdAt, updatedAt: createdAt }));
}
