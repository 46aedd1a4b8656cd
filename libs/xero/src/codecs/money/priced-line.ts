import { decimal, type DocumentLine, plain, roundToCents, taxSetKey, taxSetRate } from '@sync/domain';
import type { Decimal } from 'decimal.js';
import { cut } from '../wire-values.js';

const DESCRIPTION_LENGTH = 4000;
/** Xero keeps four decimals of a quantity and, with `unitdp=4`, of a price; a quantity has at most 13 characters. */
const DECIMALS = 4;
const QUANTITY_LENGTH = 13;

/** To which account a line goes, by its purpose. */
export type LineAccount = 'sales' | 'expenses' | 'rounding';

/** A line as Xero will see it; amounts in the document's currency, exact. */
export interface PricedLine {
  description: string;
  /** Never below zero; a negative quantity turns the price around. */
  quantity: Decimal;
  unitAmount: Decimal;
  /** What is taken off this line, whole cents. */
  discount: Decimal;
  /** The same in percent, where Xero wants it so. */
  discountRate: Decimal | null;
  /** Key of the line's tax set. */
  taxKey: string;
  /** Percent of the whole set: Xero applies one rate to a line and rounds once. */
  rate: Decimal;
  /** Net of the discount, whole cents. */
  amount: Decimal;
  /** Whole cents. */
  tax: Decimal;
  /** The tax is ours, not Xero's own result, and must be sent. */
  taxIsOverridden: boolean;
  itemId: string | null;
  account: LineAccount;
}

/** A charged line of the CRM. */
export function pricedLine(line: DocumentLine, account: LineAccount = 'sales'): PricedLine {
  const negative = decimal(line.quantity).isNegative();
  const whole = priced(
    {
      description: descriptionOf(line),
      quantity: decimal(line.quantity).abs(),
      unitAmount: negative ? decimal(line.unitPrice).negated() : decimal(line.unitPrice),
      taxKey: taxSetKey(line.taxes),
      rate: decimal(taxSetRate(line.taxes)),
      itemId: line.itemId,
    },
    account,
  );
  return fitsXero(line) ? whole : asOnePiece(whole);
}

/** Xero takes no line without a text. */
function descriptionOf({ description }: DocumentLine): string {
  const text = description.trim();
  return cut(text === '' ? 'Item' : text, DESCRIPTION_LENGTH);
}

/** The line as quantity 1 of its exact amount, its calculation told in the text. */
export function asOnePiece(line: PricedLine): PricedLine {
  const calculation = ` (${plain(line.quantity)} × ${plain(line.unitAmount)})`;
  const description = cut(line.description, DESCRIPTION_LENGTH - calculation.length) + calculation;
  return { ...line, description, quantity: decimal('1'), unitAmount: line.amount };
}

function fitsXero({ quantity, unitPrice }: DocumentLine): boolean {
  const places = [quantity, unitPrice].map((value) => decimal(value).decimalPlaces());
  const length = decimal(quantity).abs().toFixed().length;
  return places.every((count) => count <= DECIMALS) && length <= QUANTITY_LENGTH;
}

/** An amount of its own: a discount, an adjustment, a rounding difference. */
export function amountLine(
  description: string,
  amount: Decimal,
  tax: { taxKey: string; rate: Decimal },
  account: LineAccount,
): PricedLine {
  return priced({ ...tax, description, quantity: decimal('1'), unitAmount: amount, itemId: null }, account);
}

type Unpriced = Pick<PricedLine, 'description' | 'quantity' | 'unitAmount' | 'taxKey' | 'rate' | 'itemId'>;

function priced(line: Unpriced, account: LineAccount): PricedLine {
  const zero = decimal('0');
  const whole = { ...line, account, discountRate: null, taxIsOverridden: false };
  return discountedLine({ ...whole, discount: zero, amount: zero, tax: zero }, zero);
}

/** The line with this much taken off; its amount and tax follow, rounded as Xero does: each line by itself. */
export function discountedLine(line: PricedLine, discount: Decimal): PricedLine {
  const amount = roundToCents(line.quantity.times(line.unitAmount).minus(discount));
  return { ...line, discount, amount, tax: lineTax(amount, line.rate) };
}

/** The tax of a line without tax in its price: half-up to cents. `rate` in percent. */
export function lineTax(amount: Decimal, rate: Decimal): Decimal {
  return roundToCents(amount.times(rate).dividedBy(100));
}
