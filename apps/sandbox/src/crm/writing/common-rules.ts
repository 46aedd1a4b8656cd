import { isDeepStrictEqual } from 'node:util';
import type { Ledgers } from '../booking.js';
import { nextNumber, type Numbered } from '../numbers.js';
import type { CrmEntity, CrmRecords } from '../records.js';
import { BASE_CURRENCY, FOREIGN_CURRENCIES } from '../reference.js';
import { WriteRefusal } from './refusal.js';

/** What a rule looks at: the record as it is to be, and as it was; null: a new one. */
export interface Draft<T> {
  record: T;
  before: T | null;
}

/** The record that another one names; refused where there is none. */
export function known<E extends CrmEntity>({ books }: Ledgers, entity: E, id: string): CrmRecords[E] {
  const record = books.get(entity, id);
  if (record === null) throw new WriteRefusal('unknown-parent', `There is no ${id} among the ${entity}.`);
  return record;
}

/** Refuses a currency that the CRM does not have, or another one than the parent's. */
export function checkCurrency(currency: string, parent?: { currency: string }): void {
  const currencies: readonly string[] = [BASE_CURRENCY, ...FOREIGN_CURRENCIES];
  if (!currencies.includes(currency))
    throw new WriteRefusal('unknown-currency', `The CRM does not have the currency ${currency}.`);
  if (parent !== undefined && parent.currency !== currency)
    throw new WriteRefusal('other-currency', `It must be in ${parent.currency}, not in ${currency}.`);
}

/** Refuses a payment mode that the CRM does not have. */
export function checkMode({ books }: Ledgers, mode: string | null): void {
  if (mode !== null && !books.reference.paymentModes.some(({ id }) => id === mode))
    throw new WriteRefusal('unknown-mode', `There is no payment mode ${mode}.`);
}

/** Refuses nothing and less. */
export function checkPositive(amount: string): void {
  if (Number(amount) <= 0)
    throw new WriteRefusal('amount-not-positive', `The amount ${amount} is not above zero.`);
}

/** The document with the next number, where it has none and is no draft; refused where its number is taken. */
export function numbered<E extends Numbered>(
  { books }: Ledgers,
  entity: E,
  record: CrmRecords[E],
): CrmRecords[E] {
  if (record.number === null)
    return record.status === 'draft' ? record : { ...record, number: nextNumber(books, entity) };
  for (const other of books.all(entity)) {
    if (other.number === record.number && other.id !== record.id)
      throw new WriteRefusal('number-taken', `Another one of the ${entity} has the number ${record.number}.`);
  }
  return record;
}

/** Whether a part differs from before, or is new. */
export function differs<T extends object>(
  { record, before }: Draft<T>,
  parts: readonly (keyof T)[],
): boolean {
  return before === null || parts.some((part) => !isDeepStrictEqual(record[part], before[part]));
}
