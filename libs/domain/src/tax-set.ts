import { decimal, plain } from './money.js';

/** One tax as a CRM line carries it: a copy of name and rate, never an id. */
export interface TaxComponent {
  /** The tax's name, as people see it. */
  name: string;
  /** Percent as a decimal string, such as `20.00`. */
  rate: string;
}

/** The key of the empty set: a line without tax. */
export const NO_TAX_KEY = 'none';

/**
 * The identity of a set of taxes: `VAT|20+City|5`, sorted, so that the order on a line does not matter.
 * A Perfex line stores taxes by name and rate; a renamed tax is another set, as it is for Perfex.
 */
export function taxSetKey(components: readonly TaxComponent[]): string {
  if (components.length === 0) return NO_TAX_KEY;
  return components
    .map(({ name, rate }) => `${encodeURIComponent(name.trim())}|${plain(rate)}`)
    .toSorted()
    .join('+');
}

/** The taxes that a key stands for; null when the text is no key of a set. */
export function taxSetOf(key: string): TaxComponent[] | null {
  if (key === NO_TAX_KEY) return [];
  const components = key.split('+').map(componentOf);
  return components.every((component) => component !== null) ? components : null;
}

/** A name for people, such as `VAT 20% + City 5%`; also the name of a rate created in Xero. */
export function taxSetName(components: readonly TaxComponent[]): string {
  if (components.length === 0) return 'No tax';
  return components.map(({ name, rate }) => `${name.trim()} ${plain(rate)}%`).join(' + ');
}

/** Percent of the whole set, as Xero adds components that do not compound. */
export function taxSetRate(components: readonly TaxComponent[]): string {
  return plain(components.reduce((total, { rate }) => total.plus(rate), decimal('0')));
}

function componentOf(text: string): TaxComponent | null {
  const match = /^([^|]+)\|(\d+(?:\.\d+)?)$/.exec(text);
  const [, encoded, rate] = match ?? [];
  const name = encoded === undefined ? null : decoded(encoded);
  return name !== null && rate !== undefined ? { name, rate } : null;
}

/** Ids come from outside: one that is no encoding of ours is no key, and nothing to stumble over. */
function decoded(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch (error) {
    if (error instanceof URIError || text.includes('%')) return null;
    throw error;
  }
}
