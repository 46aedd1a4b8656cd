import { fromCents, toCents } from '../amounts.js';
import type { ItemRecord, LineRecord, TaxCopy } from '../records.js';
import type { Random } from './random.js';
import { SINGLE_TAXES, TAX_PAIRS } from './taxes.js';

/** One to six lines; the first carries `pair`, where one is given. */
export function makeLines(
  random: Random,
  items: readonly ItemRecord[],
  pair?: readonly TaxCopy[],
): LineRecord[] {
  const home = random.pick(SINGLE_TAXES);
  const count = random.pick([1, 1, 2, 2, 2, 3, 3, 4, 5, 6]);
  return Array.from({ length: count }, (_, at) => {
    const line = makeLine(random, random.pick(items), home);
    return at === 0 && pair !== undefined ? { ...line, taxes: [...pair] } : line;
  });
}

/** Most lines of a document carry the same tax; some carry another, two, or none. */
function makeLine(random: Random, item: ItemRecord, home: readonly TaxCopy[]): LineRecord {
  const free = random.chance(0.1);
  const note = random.chance(0.05) ? '<br />\nAs agreed by phone &amp; e-mail' : '';
  return {
    itemId: free ? null : item.id,
    description: (free ? `Special order: ${item.name}` : item.name) + note,
    quantity: makeQuantity(random),
    price: random.chance(0.7) ? item.price : offeredPrice(item.price, random),
    taxes: [...makeTaxes(random, home)],
  };
}

function makeTaxes(random: Random, home: readonly TaxCopy[]): readonly TaxCopy[] {
  const kind = random.next();
  if (kind < 0.08) return random.pick(TAX_PAIRS);
  if (kind < 0.2) return random.pick(SINGLE_TAXES);
  return home;
}

function makeQuantity(random: Random): string {
  if (random.chance(0.65)) return `${random.int(1, 12)}.00`;
  return fromCents(random.int(25, 2_400));
}

function offeredPrice(price: string, random: Random): string {
  return fromCents(Math.max(100, Math.round((toCents(price) * random.int(80, 115)) / 100)));
}
