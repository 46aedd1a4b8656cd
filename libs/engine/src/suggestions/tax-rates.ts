import { decimal, NO_TAX_KEY, type Tax, taxSetKey, taxSetName, taxSetRate } from '@sync/domain';
import type { XeroTaxRate } from '../ports/xero.js';
import type { Guess } from './guess.js';

/** What is sold or what is bought: Xero takes other rates for each. */
export interface TaxSide {
  kind: 'tax' | 'purchase-tax';
  /** What is added to the name of a tax, so that people can tell its two mappings apart. */
  suffix: string;
  takes(rate: XeroTaxRate): boolean;
}

/** What is sold. */
export const SALES: TaxSide = { kind: 'tax', suffix: '', takes: ({ appliesToRevenue }) => appliesToRevenue };

/** What is bought. */
export const PURCHASES: TaxSide = {
  kind: 'purchase-tax',
  suffix: ' on purchases',
  takes: ({ appliesToExpenses }) => appliesToExpenses,
};

/** The rate of a line without tax. */
export function noTax({ kind, suffix, takes }: TaxSide, rates: readonly XeroTaxRate[]): Guess {
  const free = rates.filter((rate) => rate.active && takes(rate) && decimal(rate.effectiveRate).isZero());
  const found = free.find(({ taxType }) => taxType === 'NONE') ?? free[0];
  const reason = found ? `the rate "${found.name}" of 0 %` : 'no rate of 0 % was found';
  return { kind, key: NO_TAX_KEY, label: `No tax${suffix}`, value: found?.taxType ?? null, reason };
}

/** A rate with the same parts is the same tax; a rate that only comes to the same percent is worth a proposal. */
export function taxRate(side: TaxSide, { components }: Tax, rates: readonly XeroTaxRate[]): Guess {
  const key = taxSetKey(components);
  const usable = rates.filter((rate) => rate.active && side.takes(rate));
  const same = usable.find((rate) => taxSetKey(rate.components) === key);
  const percent = taxSetRate(components);
  const alike = usable.filter(
    ({ effectiveRate, taxType }) => decimal(effectiveRate).equals(percent) && taxType !== 'NONE',
  );
  const found = same ?? (alike.length === 1 ? alike[0] : undefined);
  const reason = same
    ? `the rate "${same.name}" has the same parts`
    : found
      ? `"${found.name}" is the only rate of ${percent} %`
      : `no rate of ${percent} % was found for certain`;
  const label = `${taxSetName(components)}${side.suffix}`;
  return { kind: side.kind, key, label, value: found?.taxType ?? null, reason };
}
