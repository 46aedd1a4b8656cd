import type { EncodeRequest } from '@sync/engine';
import { missingParent, refuse, type Refusal } from '../codec.js';
import { type LineNames, unmappedPurchaseTax } from '../documents/line-element.js';
import type { PricedLine } from '../money/priced-line.js';

/** What an expense is named by in Xero. */
export interface PurchaseNames {
  contactId: string;
  lines: LineNames;
}

/** The names of an expense's supplier, account and tax rates, or what of them is missing. */
export function purchaseNames(
  { record, references }: EncodeRequest<'expenses' | 'bills'>,
  lines: readonly PricedLine[],
): PurchaseNames | Refusal {
  const { vendorId, categoryId, categoryName, taxes } = record;
  const contactId = references.parents.get('vendors')?.get(vendorId ?? '');
  if (contactId === undefined) return missingParent('vendor', vendorId ?? 'of the expense');
  const expenses = references.expenseAccounts.get(categoryId) ?? references.accounts.expenses;
  if (expenses === null) {
    return refuse('EXPENSE_CATEGORY_NOT_MAPPED', { category: categoryName, key: categoryId });
  }
  const { purchaseTaxTypes: taxTypes, accounts } = references;
  const unmapped = unmappedPurchaseTax(lines, taxTypes, [taxes]);
  return unmapped ?? { contactId, lines: { ...references, accounts: { ...accounts, expenses }, taxTypes } };
}
