import { decimal, type DocumentLine, money, plain, type TaxComponent } from '@sync/domain';
import { perfexLine, perfexText } from './perfex-text.js';
import { refused } from './refusal.js';

/** A line as Perfex can store it: quantity, price and rates with two decimals. */
export interface StorableLine {
  description: string;
  longDescription: string | null;
  quantity: string;
  rate: string;
  taxes: readonly TaxComponent[];
}

/** A quantity or price with more decimals becomes one piece at the whole amount, with the calculation in the text. */
export function storableLine(line: DocumentLine): StorableLine {
  const { quantity, unitPrice } = line;
  const fits = hasTwoDecimals(quantity) && hasTwoDecimals(unitPrice);
  const calculation = fits ? [] : [`${plain(quantity)} × ${plain(unitPrice)}`];
  const [first = '', ...rest] = [...line.description.split('\n'), ...calculation];
  return {
    description: perfexLine(first) ?? '',
    longDescription: rest.length === 0 ? null : perfexText(rest.join('\n')),
    quantity: fits ? money(quantity) : '1.00',
    rate: fits ? money(unitPrice) : money(decimal(quantity).times(unitPrice)),
    taxes: line.taxes.map(storableTax),
  };
}

/** Perfex keeps two decimals of a rate; one with more would silently become another tax. */
export function storableTax({ name, rate }: TaxComponent): TaxComponent {
  if (hasTwoDecimals(rate)) return { name: name.trim(), rate: money(rate) };
  throw refused(`it has a tax of ${plain(rate)} %, and Perfex keeps two decimals of a rate`);
}

function hasTwoDecimals(value: string): boolean {
  return decimal(value).decimalPlaces() <= 2;
}
