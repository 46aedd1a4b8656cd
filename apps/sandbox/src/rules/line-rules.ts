import type { DocumentLine } from '../books/records.js';
import type { LineInput } from '../wire/document-inputs.js';
import { round } from './amounts.js';
import { refuse } from '../wire/refusal.js';

/** How the lines of one kind of document differ from those of another. */
export interface LineRules {
  /** What people call the document, in Xero's words. */
  readonly name: string;
  /** The side of an item that fills what a line leaves open. */
  readonly side: 'sales' | 'purchase';
  readonly discounts: 'any' | 'rates' | 'none';
  /** Whether a TaxAmount that was sent replaces Xero's own, or is refused where it differs. */
  readonly ownTax: 'taken' | 'must agree';
  /** Whether a document that is complete needs an account on every line with an amount. */
  readonly accounts: 'needed' | 'optional';
}

const invoices = { ownTax: 'taken', accounts: 'needed' } as const;
const banked = { discounts: 'none', ownTax: 'must agree', accounts: 'needed' } as const;

/** The rules of every kind of document, by its type. */
export const lineRules = {
  ACCREC: { ...invoices, name: 'ACCREC invoices', side: 'sales', discounts: 'any' },
  ACCPAY: { ...invoices, name: 'ACCPAY invoices', side: 'purchase', discounts: 'none' },
  ACCRECCREDIT: { ...invoices, name: 'credit notes', side: 'sales', discounts: 'none' },
  ACCPAYCREDIT: { ...invoices, name: 'credit notes', side: 'purchase', discounts: 'none' },
  SPEND: { ...banked, name: 'bank transactions', side: 'purchase' },
  RECEIVE: { ...banked, name: 'bank transactions', side: 'sales' },
  PURCHASEORDER: {
    name: 'purchase orders',
    side: 'purchase',
    discounts: 'rates',
    ownTax: 'taken',
    accounts: 'optional',
  },
} as const satisfies Readonly<Record<string, LineRules>>;

/** What a line takes off although this kind of document knows no discount, or only rates; false when nothing is wrong. */
export function discountProblem(rules: LineRules, input: LineInput): string | false {
  const given = (sent: string | undefined): boolean => sent !== undefined && !round(sent).isZero();
  if (rules.discounts !== 'any' && given(input.DiscountAmount))
    return `DiscountAmount is not supported for ${rules.name}`;
  return rules.discounts === 'none' && given(input.DiscountRate)
    ? `DiscountRate is not supported for ${rules.name}`
    : false;
}

/** Refuses a tax of the sender's own that differs from Xero's, where Xero takes none. */
export function checkOwnTax(rules: LineRules, sent: string | undefined, own: string): void {
  if (rules.ownTax === 'taken' || sent === undefined || round(sent).equals(own)) return;
  refuse(`The tax amount ${round(sent).toFixed(2)} does not match the expected tax amount ${own}`);
}

/** The discount of a line, as a rate or as an amount: what was sent, else what the kept line has. */
export function discountOf(
  input: LineInput,
  kept: DocumentLine | undefined,
): Pick<DocumentLine, 'discountRate' | 'discountAmount'> {
  const amount = input.DiscountAmount ?? (input.DiscountRate ? null : (kept?.discountAmount ?? null));
  return {
    discountRate: amount ? null : (input.DiscountRate ?? kept?.discountRate ?? null),
    discountAmount: amount,
  };
}
