import type { DocumentLine, LineTracking } from '../books/records.js';
import { round } from '../rules/amounts.js';
import type { RuleContext } from '../rules/context.js';
import { present } from '../wire/values.js';

type View = Record<string, unknown>;

/** A line as every document shows it; the answer to a write shows ids of tracking options, reads do not. */
export function plainLine(context: RuleContext, line: DocumentLine, written: boolean): View {
  return present({
    ItemCode: line.itemCode,
    Description: line.description,
    UnitAmount: line.unitAmount === null ? null : round(line.unitAmount, context.unitDigits).toNumber(),
    TaxType: line.taxType,
    TaxAmount: Number(line.taxAmount),
    LineAmount: Number(line.lineAmount),
    AccountCode: line.accountCode || null,
    Tracking: line.tracking.map((one) => trackingView(context, one, written)),
    Quantity: line.quantity === null ? null : Number(line.quantity),
    DiscountRate: line.discountRate === null ? null : Number(line.discountRate),
    LineItemID: line.id,
  });
}

/** A line of a document that stands in the ledger. */
export const ledgerLine = (context: RuleContext, line: DocumentLine, written: boolean): View =>
  present({
    ...plainLine(context, line, written),
    AccountID: line.accountId,
    ...(written && { ValidationErrors: [] }),
  });

/** A line of an invoice, a bill or a credit note: it tells more of its item and its discount. */
export function invoiceLine(context: RuleContext, line: DocumentLine, written: boolean): View {
  const item = line.itemCode === null ? undefined : context.tenant.items.by('code', line.itemCode)[0];
  const discounted = line.discountRate !== null || line.discountAmount !== null;
  return present({
    ...ledgerLine(context, line, written),
    Item: item && { ItemID: item.id, Name: item.name ?? '', Code: item.code },
    DiscountAmount: line.discountAmount === null ? null : Number(line.discountAmount),
    DiscountEnteredAsPercent: discounted || (written && item) ? line.discountAmount === null : null,
  });
}

function trackingView(
  { tenant }: RuleContext,
  { categoryId, optionId }: LineTracking,
  written: boolean,
): View {
  const category = tenant.trackingCategories.get(categoryId);
  const option = category?.options.find(({ id }) => id === optionId);
  const shown = {
    Name: category?.name ?? '',
    Option: option?.name ?? '',
    TrackingCategoryID: categoryId,
  };
  return written ? { ...shown, TrackingOptionID: optionId } : { ...shown, Options: [] };
}
