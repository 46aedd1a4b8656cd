import { decimal, money, sum } from '@sync/domain';
import type { Decimal } from 'decimal.js';
import { z } from 'zod';

/** Percent by TaxType. */
export type Rates = ReadonlyMap<string, Decimal>;

const sentLine = z.strictObject({
  Description: z.string().min(1).max(4000),
  Quantity: z.number().min(0),
  UnitAmount: z.number(),
  AccountCode: z.string().optional(),
  TaxType: z.string(),
  ItemCode: z.string().optional(),
  DiscountAmount: z.number().positive().optional(),
  DiscountRate: z.number().min(0).max(100).optional(),
  TaxAmount: z.number().optional(),
});

/** A line as it was sent. */
export type SentLine = z.infer<typeof sentLine>;

const sentDocument = z.looseObject({
  LineAmountTypes: z.literal('Exclusive'),
  LineItems: z.array(sentLine),
});

/** What Xero refuses in the lines of each resource. */
const REFUSED: Readonly<Record<string, readonly (keyof SentLine)[]>> = {
  Invoices: ['DiscountRate'],
  CreditNotes: ['DiscountAmount', 'DiscountRate'],
  PurchaseOrders: ['DiscountAmount'],
  BankTransactions: ['DiscountAmount', 'DiscountRate', 'TaxAmount'],
};

/** The lines of a document that was sent. */
export function linesOf(sent: unknown): SentLine[] {
  return sentDocument.parse(sent).LineItems;
}

/**
 * What Xero holds of a document that was sent to it: Xero's own arithmetic, written down once more and apart from the
 * codecs. Each line rounds by itself, half-up. Throws for what Xero would refuse.
 */
export function xeroHolds(resource: string, sent: unknown, rates: Rates): { [field: string]: unknown } {
  const document = sentDocument.parse(sent);
  const lines = document.LineItems.map((line) => heldLine(line, REFUSED[resource] ?? [], rates));
  const [net, tax] = [sum(lines.map(({ net: amount }) => amount)), sum(lines.map((line) => line.tax))];
  const { Date: day, DueDate, DeliveryDate, ...fields } = document;
  return {
    ...fields,
    Date: wireDay(day),
    ...(DueDate !== undefined && { DueDate: wireDay(DueDate) }),
    ...(DeliveryDate !== undefined && { DeliveryDate: wireDay(DeliveryDate) }),
    LineItems: lines.map(({ wire }) => wire),
    SubTotal: Number(money(net)),
    TotalTax: Number(money(tax)),
    Total: Number(money(net.plus(tax))),
  };
}

/** Totals as they are asserted. */
export function totalsOf(held: { [field: string]: unknown }): { total: string; tax: string } {
  return { total: money(String(held['Total'])), tax: money(String(held['TotalTax'])) };
}

function heldLine(line: SentLine, refused: readonly (keyof SentLine)[], rates: Rates) {
  const taken = refused.find((field) => line[field] !== undefined);
  if (taken) throw new Error(`Xero takes no ${taken} here`);
  for (const value of [line.Quantity, line.UnitAmount]) {
    if (decimal(String(value)).decimalPlaces() > 4) throw new Error(`Xero would cut ${value}`);
  }
  const rate = rates.get(line.TaxType);
  if (!rate) throw new Error(`no rate ${line.TaxType}`);
  const net = halfUp(netOf(line));
  const own = halfUp(net.times(rate).dividedBy(100));
  const tax = line.TaxAmount === undefined ? own : decimal(String(line.TaxAmount));
  const wire = { ...line, LineAmount: Number(net), TaxAmount: Number(tax), LineItemID: 'line', Tracking: [] };
  return { net, tax, wire };
}

function netOf({ Quantity, UnitAmount, DiscountAmount, DiscountRate }: SentLine): Decimal {
  const gross = decimal(String(Quantity)).times(String(UnitAmount));
  if (DiscountRate !== undefined) {
    return gross.times(decimal('100').minus(String(DiscountRate))).dividedBy(100);
  }
  return gross.minus(String(DiscountAmount ?? 0));
}

function halfUp(value: Decimal): Decimal {
  const cents = value.abs().times(100).plus('0.5').floor().dividedBy(100);
  return value.isNegative() ? cents.negated() : cents;
}

function wireDay(day: unknown): string {
  return `/Date(${Date.parse(`${String(day)}T00:00:00Z`)}+0000)/`;
}
