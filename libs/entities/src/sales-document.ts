import type { CreditNote, Invoice } from '@sync/domain';
import type { EntityDefinition, IdentityKeys, PostingFacts, Problem, XeroIdOf } from '@sync/engine';
import { checkCurrency, checkDate, checkLines, checkTotal } from './checks.js';
import { factKeys } from './fact-keys.js';
import { itemParents, taxParents } from './line-parents.js';
import { ROUNDING, SALES } from './needs.js';

type SalesDocument = Invoice | CreditNote;

/** What invoices and credit notes have in common: both go to a customer, with the same lines. */
export const salesDocument = {
  derive: () => null,
  parents: ({ customerId, lines }) => [
    { entity: 'customers', crmId: customerId, required: true },
    ...taxParents(lines, true),
    ...itemParents(lines),
  ],
  whenParentExcluded: 'park',
  check: checkDocument,
  dateMoves: true,
  needs: () => [SALES, ROUNDING],
  identity: { number: 'document', facts: false, person: false },
  keys: keysOf,
  uniqueName: () => null,
  editForbidden: null,
} as const satisfies Partial<EntityDefinition<'invoices' | 'credit-notes'>>;

function checkDocument({ lines, total, currency, date }: SalesDocument, facts: PostingFacts): Problem | null {
  return (
    checkLines(lines) ??
    checkTotal(total, currency) ??
    checkCurrency(currency, facts) ??
    checkDate(date, facts)
  );
}

function keysOf(document: SalesDocument, xeroIdOf: XeroIdOf): IdentityKeys {
  const { number, customerId, total } = document;
  return { ...factKeys(document, total, xeroIdOf('customers', customerId)), number };
}
