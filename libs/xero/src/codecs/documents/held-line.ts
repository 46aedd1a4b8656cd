import { decimal, money, plain, roundToCents, type TaxComponent } from '@sync/domain';
import type { BackReferences, XeroRecord } from '@sync/engine';
import type { Decimal } from 'decimal.js';
import { z } from 'zod';
import { inexpressible, taxSetsOf } from '../canonical.js';
import type { Refusal } from '../codec.js';
import { ROUNDING } from '../money/price-document.js';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null);

/** A line among the owned fields of a record, as `documentFields` writes it. */
const ownedLine = z.object({
  description: text,
  quantity: text,
  unitAmount: text,
  amount: text,
  tax: text,
  taxType: text,
  accountCode: text,
  itemCode: text,
});

type OwnedLine = z.infer<typeof ownedLine>;

const ownedLines = z.object({
  lineAmountTypes: text,
  lines: z
    .array(ownedLine)
    .nullish()
    .transform((value) => value ?? null),
});

/** The lines among the owned fields; null: whatever they were read from left them out. */
export function ownedLinesOf(owned: XeroRecord['owned']): z.infer<typeof ownedLines> {
  return ownedLines.parse(owned);
}

/** A line as Xero holds it, without tax in its price; exact. */
export interface HeldLine {
  description: string;
  quantity: Decimal;
  unitAmount: Decimal;
  /** What was taken off, whole cents. */
  discount: Decimal;
  /** Net of the discount, whole cents. */
  amount: Decimal;
  /** The CRM's tax sets that go by the line's TaxType. */
  taxSets: readonly (readonly TaxComponent[])[];
  itemCode: string | null;
  accountCode: string | null;
}

/** Reads the lines of a document, whatever its prices include. */
export function heldLines({ owned }: XeroRecord, references: BackReferences): HeldLine[] | Refusal {
  const { lineAmountTypes, lines } = ownedLinesOf(owned);
  if (lines === null) return inexpressible('its lines are not known');
  const held: HeldLine[] = [];
  for (const line of lines) {
    const taxSets = taxSetsOf(references, lineAmountTypes === 'NoTax' ? null : line.taxType);
    if ('ok' in taxSets) return taxSets;
    held.push({ ...pricesOf(line, lineAmountTypes === 'Inclusive'), ...namesOf(line), taxSets });
  }
  return held;
}

function namesOf({ description, itemCode, accountCode }: OwnedLine) {
  return { description: (description ?? '').replaceAll('\r\n', '\n').trim(), itemCode, accountCode };
}

type Prices = Pick<HeldLine, 'quantity' | 'unitAmount' | 'discount' | 'amount'>;

function pricesOf(line: OwnedLine, inclusive: boolean): Prices {
  const whole = decimal(line.amount ?? '0');
  const amount = inclusive ? whole.minus(line.tax ?? '0') : whole;
  const quantity = decimal(line.quantity ?? '1');
  const unitAmount = decimal(line.unitAmount ?? whole);
  const gross = roundToCents(quantity.times(unitAmount));
  const discount = gross.minus(amount);
  // A price that includes tax, or is exceeded by its line, says nothing of what was taken off.
  if (inclusive || discount.times(gross).lt(0)) return netPrices(quantity, amount);
  return { quantity, unitAmount, discount, amount };
}

/** Decimals of a net price, from what every CRM can store to what a decimal string holds. */
const PRICE_DECIMALS = [2, 4, 10];

/** The net price at which this quantity comes to this amount; where none does, it is one piece. */
function netPrices(quantity: Decimal, amount: Decimal): Prices {
  const discount = decimal('0');
  const prices = quantity.isZero()
    ? []
    : PRICE_DECIMALS.map((places) => amount.dividedBy(quantity).toDecimalPlaces(places));
  const exact = prices.find((price) => roundToCents(quantity.times(price)).equals(amount));
  if (exact) return { quantity, unitAmount: exact, discount, amount };
  return { quantity: decimal('1'), unitAmount: amount, discount, amount };
}

/** The line with its discount in its price. */
export function withoutDiscount(line: HeldLine): HeldLine {
  if (line.discount.isZero()) return line;
  const calculation = ` (${plain(line.quantity)} × ${plain(line.unitAmount)} − ${money(line.discount)})`;
  const prices = netPrices(line.quantity, line.amount);
  const asOne = prices.quantity.equals(line.quantity) ? '' : calculation;
  return { ...line, ...prices, description: line.description + asOne };
}

/** Whether the line may be one without tax. */
export function isUntaxed({ taxSets }: HeldLine): boolean {
  return taxSets.some((set) => set.length === 0);
}

/** Whether the line is an amount of its own under this name. */
export function stands(line: HeldLine, name: string): boolean {
  return line.description === name && line.quantity.equals(1) && line.itemCode === null;
}

/** The most that a rounding line is taken to be, in the document's currency. */
const ROUNDING_BELOW = decimal('1');

/** Whether the line makes up for a difference between the document's total and its parts. */
export function isRounding(line: HeldLine): boolean {
  return stands(line, ROUNDING) && isUntaxed(line) && line.amount.abs().lt(ROUNDING_BELOW);
}
