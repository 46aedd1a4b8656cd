import { fromCents } from '../amounts.js';
import type { ItemRecord } from '../records.js';
import { dayAfter, dayOf, momentOn } from './dates.js';
import type { Random } from './random.js';
import { SINGLE_TAXES } from './taxes.js';
import { GOODS, VARIANTS } from './words.js';

/** Items with ids from 1; no two have the same name or code. */
export function makeItems(count: number, random: Random, now: Date): ItemRecord[] {
  return Array.from({ length: count }, (_, at) => makeItem(at + 1, random, now));
}

/** One item; some have no code of their own, a few carry HTML in their description. */
export function makeItem(number: number, random: Random, now: Date): ItemRecord {
  const at = number - 1;
  const [good, unit, from, to] = GOODS[at % GOODS.length] ?? random.pick(GOODS);
  const round = Math.floor(at / GOODS.length);
  const variant = round === 0 ? '' : ` ${VARIANTS[(round - 1) % VARIANTS.length] ?? ''}`;
  const series = round > VARIANTS.length ? ` ${Math.ceil(round / VARIANTS.length)}` : '';
  const createdAt = momentOn(dayAfter(dayOf(now), -364), random.next(), now);
  const note = random.chance(0.1)
    ? `<p>Priced per <b>${unit}</b>.<br />Ask for quantities &gt; 50.</p>`
    : `Per ${unit}`;
  return {
    id: String(number),
    code: random.chance(0.9) ? `${initials(good)}-${String(number).padStart(4, '0')}` : null,
    name: good + variant + series,
    description: random.chance(0.7) ? note : null,
    price: fromCents(random.int(from * 100, to * 100)),
    taxes: random.pick(SINGLE_TAXES),
    createdAt,
    updatedAt: createdAt,
  };
}

function initials(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/[^A-Za-z ]/g, '')
    .split(' ')
    .map((word) => word.slice(0, 2).toUpperCase())
    .join('')
    .slice(0, 6);
}
