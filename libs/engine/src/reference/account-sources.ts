import type { CrmReference, ReferenceKind } from '../ports/crm.js';
import type { XeroAccount } from '../ports/xero.js';
import { spendable } from '../suggestions/accounts.js';

/** Which accounts of Xero stand for entries of a list of the CRM. */
export interface AccountSource {
  kind: ReferenceKind;
  accounts(all: readonly XeroAccount[]): XeroAccount[];
  /** What a mapping to this account holds. */
  valueOf(account: XeroAccount): string | null;
  entries(found: CrmLists): readonly { id: string; name: string }[];
}

/** The lists of the CRM. */
export type CrmLists = Pick<CrmReference, 'paymentModes' | 'expenseCategories'>;

/** Each list of the CRM that is made from accounts. */
export const ACCOUNT_SOURCES: readonly AccountSource[] = [
  {
    kind: 'expense-category',
    accounts: spendable,
    valueOf: ({ code }) => code,
    entries: ({ expenseCategories }) => expenseCategories,
  },
  {
    kind: 'payment-mode',
    accounts: bankAccounts,
    valueOf: ({ accountId }) => accountId,
    entries: ({ paymentModes }) => paymentModes,
  },
];

/** The bank accounts in use. */
export function bankAccounts(all: readonly XeroAccount[]): XeroAccount[] {
  return all.filter(({ active, type }) => active && type === 'BANK');
}
