import {
  decimal,
  type DocumentLine,
  type Expense,
  money,
  type PurchaseOrder,
  type PurchaseOrderLine,
  roundToCents,
  sum,
  type TaxComponent,
  taxSetKey,
  taxSetRate,
} from '@sync/domain';
import type { Decimal } from 'decimal.js';
import fc from 'fast-check';

export const VAT = { name: 'VAT', rate: '20.00' };
export const CITY = { name: 'City', rate: '8.25' };
export const LEVY = { name: 'Levy', rate: '2.5' };
const EXEMPT = { name: 'Exempt', rate: '0' };

/** The tax sets of random lines. */
export const TAX_SETS: TaxComponent[][] = [
  [],
  [VAT],
  [CITY],
  [VAT, CITY],
  [LEVY],
  [EXEMPT],
  [VAT, LEVY, CITY],
];

/** A TaxType for each set: `T:` and its key. */
export const TAX_TYPES = new Map(TAX_SETS.map((set) => [taxSetKey(set), `T:${taxSetKey(set)}`]));

/** Percent by these TaxTypes. */
export const RATES = new Map(
  TAX_SETS.map((set): [string, Decimal] => [`T:${taxSetKey(set)}`, decimal(taxSetRate(set))]),
);

/** Decimal strings from zero to `max`, with at most so many places. */
export const decimals = (max: number, places: number) =>
  fc.integer({ min: 0, max: max * 10 ** places }).map((units) =>
    decimal(String(units))
      .dividedBy(10 ** places)
      .toFixed(),
  );

const negative = (amount: string) => `-${amount}`;

/** A line of an invoice or a credit note: fine prices, odd quantities, negative prices. */
export const anyLine: fc.Arbitrary<DocumentLine> = fc.record({
  description: fc.string({ maxLength: 40 }),
  quantity: fc.oneof(fc.constantFrom('1', '2', '10'), decimals(50, 2), decimals(9, 5)),
  unitPrice: fc.oneof(decimals(900, 2), decimals(90, 4), decimals(9, 6), decimals(200, 2).map(negative)),
  taxes: fc.constantFrom(...TAX_SETS),
  itemId: fc.constantFrom(null, '3', '99'),
});

/** A line without surprises: nothing negative, nothing finer than Xero takes. */
export const plainLine: fc.Arbitrary<DocumentLine> = fc.record({
  description: fc.stringMatching(/^[a-zA-Z]{1,12}( [a-zA-Z]{1,12}){0,2}$/),
  quantity: fc.oneof(
    fc.constantFrom('1', '2', '10'),
    fc.integer({ min: 1, max: 5000 }).map((n) => plainNumber(n, 2)),
  ),
  unitPrice: fc.oneof(
    fc.integer({ min: 1, max: 90_000 }).map((n) => plainNumber(n, 2)),
    fc.integer({ min: 1, max: 900_000 }).map((n) => plainNumber(n, 4)),
  ),
  taxes: fc.constantFrom(...TAX_SETS),
  itemId: fc.constantFrom(null, '3'),
});

function plainNumber(units: number, places: number): string {
  return decimal(String(units))
    .dividedBy(10 ** places)
    .toFixed();
}

/** What a document's stored amounts follow from. */
interface Priced {
  lines: readonly DocumentLine[];
  discountTiming: 'before-tax' | 'after-tax';
  discountTotal: string;
  adjustment: string;
}

/** As Perfex does it: line taxes unrounded, lowered by the discount's share, summed, rounded once. */
export function perfexAmounts(document: Priced): { subtotal: string; totalTax: string; total: string } {
  const exact = document.lines.map(({ quantity, unitPrice }) => decimal(quantity).times(unitPrice));
  const subtotal = sum(exact.map((amount) => roundToCents(amount)));
  const discount = decimal(document.discountTotal);
  const before = document.discountTiming === 'before-tax' && !subtotal.isZero();
  const share = before ? decimal('1').minus(discount.dividedBy(subtotal)) : decimal('1');
  const taxes = document.lines.map(({ taxes: set }, index) =>
    (exact[index] ?? decimal('0')).times(taxSetRate(set)).dividedBy(100).times(share),
  );
  const totalTax = roundToCents(sum(taxes));
  const total = subtotal.minus(discount).plus(totalTax).plus(document.adjustment);
  return { subtotal: money(subtotal), totalTax: money(totalTax), total: money(total) };
}

/** The money of a random invoice or credit note: discounts of both kinds, adjustments, a total that may be off. */
export function anyMoney(line: fc.Arbitrary<DocumentLine>, { off }: { off: number }) {
  return fc
    .record({
      lines: fc.array(line, { minLength: 1, maxLength: 12 }),
      discountTiming: fc.constantFrom('before-tax' as const, 'after-tax' as const),
      discountPercent: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 100 })),
      adjustment: fc.oneof(fc.constant('0'), decimals(20, 2), decimals(20, 2).map(negative)),
      totalOff: fc.oneof(fc.constant(0), fc.integer({ min: -off, max: off })),
    })
    .map(({ discountPercent, totalOff, ...fields }) => {
      const { subtotal } = perfexAmounts({ ...fields, discountTotal: '0' });
      const discountTotal = money(decimal(subtotal).times(discountPercent).dividedBy(100));
      const amounts = perfexAmounts({ ...fields, discountTotal });
      const total = money(decimal(amounts.total).plus(decimal(String(totalOff)).dividedBy(100)));
      return { ...fields, discountTotal, ...amounts, total };
    });
}

/** How a purchase order's discounts bear on its tax; CRMs differ, and the order does not say. */
export const TAXED_ON = ['net', 'net-of-lines', 'gross'] as const;

/** The money of a random purchase order. */
export function anyOrderMoney(line: fc.Arbitrary<DocumentLine>) {
  return fc
    .record({
      lines: fc.array(fc.tuple(line, fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 100 }))), {
        minLength: 1,
        maxLength: 8,
      }),
      discountPercent: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 60 })),
      shippingFee: fc.oneof(fc.constant('0'), decimals(40, 2)),
      taxedOn: fc.constantFrom(...TAXED_ON),
    })
    .map(({ lines, discountPercent, shippingFee, taxedOn }) =>
      orderMoney(
        lines.map(([one, percent]) => ({ ...one, discount: percentOf(one, percent) })),
        { discountPercent, shippingFee, taxedOn },
      ),
    );
}

function percentOf({ quantity, unitPrice }: DocumentLine, percent: number): string {
  return money(
    decimal(money(decimal(quantity).times(unitPrice)))
      .times(percent)
      .dividedBy(100),
  );
}

function orderMoney(
  lines: PurchaseOrderLine[],
  how: { discountPercent: number; shippingFee: string; taxedOn: (typeof TAXED_ON)[number] },
): Pick<PurchaseOrder, 'lines' | 'discountTotal' | 'shippingFee' | 'subtotal' | 'totalTax' | 'total'> {
  const nets = lines.map((line) =>
    decimal(money(decimal(line.quantity).times(line.unitPrice))).minus(line.discount),
  );
  const subtotal = sum(nets);
  const discountTotal = money(subtotal.times(how.discountPercent).dividedBy(100));
  const share = subtotal.isZero()
    ? decimal('1')
    : decimal('1').minus(decimal(discountTotal).dividedBy(subtotal));
  const taxes = lines.map((line, index) => {
    const net = nets[index] ?? decimal('0');
    const base = how.taxedOn === 'gross' ? net.plus(line.discount) : net;
    return base
      .times(how.taxedOn === 'net' ? share : 1)
      .times(taxSetRate(line.taxes))
      .dividedBy(100);
  });
  const totalTax = roundToCents(sum(taxes));
  const total = subtotal.minus(discountTotal).plus(totalTax).plus(how.shippingFee);
  return {
    lines,
    discountTotal,
    shippingFee: how.shippingFee,
    subtotal: money(subtotal),
    totalTax: money(totalTax),
    total: money(total),
  };
}

/** The money of a random expense: each tax of its set is rounded by itself. */
export const anyExpenseMoney: fc.Arbitrary<Pick<Expense, 'amount' | 'taxes' | 'total'>> = fc
  .record({
    amount: fc.integer({ min: 1, max: 500_000 }).map((units) => plainNumber(units, 2)),
    taxes: fc.constantFrom(...TAX_SETS),
  })
  .map(({ amount, taxes }) => {
    const own = taxes.map(({ rate }) => roundToCents(decimal(amount).times(rate).dividedBy(100)));
    return { amount, taxes, total: money(decimal(amount).plus(sum(own))) };
  });
