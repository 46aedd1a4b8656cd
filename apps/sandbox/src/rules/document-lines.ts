import { Decimal } from 'decimal.js';
import type { Tenant } from '../books/books.js';
import { newId } from '../books/ids.js';
import type { Account, DocumentLine, Item, ItemDetails, LineAmountTypes } from '../books/records.js';
import type { LineInput } from '../wire/document-inputs.js';
import { computeLine, type LineAmounts, round } from './amounts.js';
import type { RuleContext } from './context.js';
import { checkOwnTax, discountOf, discountProblem, type LineRules } from './line-rules.js';
import { trackingOf } from './tracking.js';
import { refuse, refuseIfAny } from '../wire/refusal.js';

/** A line with what its discount takes off (decimal string), which only the document's total needs. */
export interface BuiltLine {
  readonly line: DocumentLine;
  readonly discount: string;
}

/** What a line is built from: the kept line is laid under what was sent. */
export interface LineSource {
  readonly rules: LineRules;
  readonly input: LineInput;
  readonly kept?: DocumentLine | undefined;
  readonly mode: LineAmountTypes;
  /** The mode that the kept line was computed in. */
  readonly wasMode?: LineAmountTypes;
}

/** Builds a line: fills it from its item and account, computes its amounts, and refuses what cannot be. */
export function buildLine(context: RuleContext, source: LineSource): BuiltLine {
  const { input, kept, mode, rules } = source;
  const item = itemOf(context.tenant, input, kept);
  const side = item?.[rules.side];
  const line = labelOf(context.tenant, source, item);
  refuseIfAny([
    (line.description?.length ?? 0) > 4000 && 'Description must not exceed 4000 characters',
    discountProblem(rules, input),
    !line.description && !item && 'Line items must have a description',
  ]);
  const priced = pricesOf(context, source, side);
  if (!priced)
    return {
      line: { ...line, ...describing, taxType: null, accountId: null, accountCode: null },
      discount: '0',
    };
  const taxRate = rateOf(context.tenant, line.taxType);
  const amounts = computeLine({ ...priced, taxRate, taxAmount: input.TaxAmount ?? null }, mode);
  checkLineAmount(input.LineAmount, amounts.lineAmount);
  checkOwnTax(rules, input.TaxAmount, computeLine({ ...priced, taxRate }, mode).taxAmount);
  const taxAmount = keptTax(source, line.taxType, amounts);
  return {
    line: { ...line, ...priced, lineAmount: amounts.lineAmount, taxAmount },
    discount: amounts.discount,
  };
}

type Label = Omit<DocumentLine, keyof typeof describing>;

// Everything of a line but its prices and amounts.
function labelOf(tenant: Tenant, { input, kept, mode, rules }: LineSource, item: Item | null): Label {
  const side = item?.[rules.side];
  const account = accountOf(tenant, input, kept, side);
  const taxType =
    mode === 'NoTax' ? 'NONE' : input.TaxType || kept?.taxType || side?.taxType || account?.taxType;
  return {
    id: kept?.id ?? newId(),
    description: input.Description ?? kept?.description ?? describedBy(item, rules) ?? null,
    itemCode: item?.code ?? (input.ItemCode === undefined ? (kept?.itemCode ?? null) : null),
    accountId: account?.id ?? null,
    accountCode: account?.code ?? null,
    taxType: taxType ?? null,
    tracking: trackingOf(tenant, input) ?? kept?.tracking ?? [],
  };
}

const describedBy = (item: Item | null, { side }: LineRules): string | null | undefined =>
  side === 'sales' ? item?.description : item?.purchaseDescription;

// A tax that was set by hand stays as long as nothing that it was taken from changes.
function keptTax(
  { input, kept, wasMode, mode }: LineSource,
  taxType: string | null,
  now: LineAmounts,
): string {
  const same = wasMode === mode && kept?.lineAmount === now.lineAmount && kept.taxType === taxType;
  return same && input.TaxAmount === undefined ? kept.taxAmount : now.taxAmount;
}

const describing = {
  quantity: null,
  unitAmount: null,
  discountRate: null,
  discountAmount: null,
  lineAmount: '0.00',
  taxAmount: '0.00',
} as const;

type Prices = Pick<DocumentLine, 'discountRate' | 'discountAmount'> & {
  quantity: string;
  unitAmount: string;
};

// LineAmount may stand for the factor that is missing; with neither price nor amount the line only describes.
function pricesOf(
  { unitDigits }: RuleContext,
  { input, kept }: LineSource,
  side: ItemDetails | undefined,
): Prices | null {
  const unit = input.UnitAmount ?? kept?.unitAmount ?? side?.unitPrice;
  const amount = input.LineAmount;
  if (unit === undefined && amount === undefined) return null;
  const sentQuantity = input.Quantity ?? kept?.quantity;
  const quantity = round(sentQuantity ?? impliedQuantity(unit, amount), 4);
  const unitAmount = unit ?? (quantity.isZero() ? '0' : new Decimal(amount ?? 0).div(quantity).toString());
  return {
    quantity: quantity.toString(),
    unitAmount: round(unitAmount, unitDigits).toString(),
    ...discountOf(input, kept),
  };
}

function impliedQuantity(unit: string | undefined | null, amount: string | undefined): string {
  if (amount === undefined || unit === undefined || unit === null || new Decimal(unit).isZero()) return '1';
  return new Decimal(amount).div(unit).toString();
}

function checkLineAmount(sent: string | undefined, computed: string): void {
  if (sent === undefined || round(sent).equals(computed)) return;
  refuse(`The line total ${round(sent).toFixed(2)} does not match the expected line total ${computed}`);
}

// An item that was deleted since leaves its code on the lines that bear it; a new line cannot take it.
function itemOf(tenant: Tenant, { ItemCode: sent }: LineInput, kept: DocumentLine | undefined): Item | null {
  const code = sent ?? kept?.itemCode;
  if (!code) return null;
  const item = tenant.items.by('code', code)[0];
  return item ?? (sent === undefined ? null : refuse(`Item code '${code}' is not valid`));
}

function accountOf(
  tenant: Tenant,
  input: LineInput,
  kept: DocumentLine | undefined,
  side: ItemDetails | undefined,
): Account | null {
  if (input.AccountID) {
    return tenant.accounts.get(input.AccountID.toLowerCase()) ?? refuse(badCode(input.AccountID));
  }
  const code = input.AccountCode || kept?.accountCode || side?.accountCode;
  if (!code) return null;
  return tenant.accounts.by('code', code)[0] ?? refuse(badCode(code));
}

const badCode = (code: string): string => `Account code '${code}' is not a valid code for this document.`;

function rateOf(tenant: Tenant, taxType: string | null): string {
  if (!taxType) return '0';
  return tenant.taxRates.get(taxType)?.effectiveRate ?? refuse(unknownTax(taxType));
}

const unknownTax = (taxType: string): string =>
  `The TaxType code '${taxType}' does not exist or cannot be used for this type of transaction.`;

/** What is wrong with a line, seen from its account and tax rate; `needsAccount` when the document is being approved. */
export function lineProblems(tenant: Tenant, line: DocumentLine, needsAccount: boolean): (string | false)[] {
  if (line.quantity === null) return [];
  const account = line.accountId === null ? undefined : tenant.accounts.get(line.accountId);
  const rate = line.taxType === null ? undefined : tenant.taxRates.get(line.taxType);
  return [
    needsAccount && !account && 'Account code or ID must be specified',
    account?.status === 'ARCHIVED' && `Account code '${account.code}' has been archived, or deleted.`,
    !!account && isClosed(account) && badCode(account.code || account.id),
    !!line.taxType && rate?.status !== 'ACTIVE' && unknownTax(line.taxType),
    !!account &&
      rate?.appliesTo.includes(account.class) === false &&
      `The TaxType code '${rate.id}' cannot be used with account code '${account.code}'.`,
  ];
}

// Receivables, payables and bank accounts are moved by documents and payments only.
const isClosed = ({ type, systemAccount }: Account): boolean =>
  type === 'BANK' || systemAccount === 'DEBTORS' || systemAccount === 'CREDITORS';
