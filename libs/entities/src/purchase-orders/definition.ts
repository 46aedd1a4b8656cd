import type { PurchaseOrder } from '@sync/domain';
import type { EntityDefinition, PostingFacts, Problem } from '@sync/engine';
import { checkCurrency, checkLines, checkTotal } from '../checks.js';
import { factKeys } from '../fact-keys.js';
import { itemParents, taxParents } from '../line-parents.js';
import { purchaseTaxes, ROUNDING } from '../needs.js';

/** An order to a vendor. It moves no money, so a locked period does not bear on it. */
export const purchaseOrders: EntityDefinition<'purchase-orders'> = {
  entity: 'purchase-orders',
  codecVersion: 1,
  derive: () => null,
  label: ({ number, id }) => number ?? `Purchase order ${id}`,
  // Its status is decided in the CRM, where a person approves it, unlike that of documents, which follows from payments.
  owned: ({ id: _id, ...fields }) => fields,
  parents: ({ vendorId, lines }) => [
    { entity: 'vendors', crmId: vendorId, required: true },
    ...taxParents(lines, false),
    ...itemParents(lines),
  ],
  whenParentExcluded: 'park',
  exclusion: ({ status }) => (status === 'rejected' || status === 'cancelled' ? 'cancelled' : null),
  check: checkOrder,
  warnings: () => [],
  needs: ({ lines }) => [...purchaseTaxes(lines), ROUNDING],
  identity: { number: 'document', facts: false, person: false },
  keys: (order, xeroIdOf) => ({
    ...factKeys(order, order.total, xeroIdOf('vendors', order.vendorId)),
    number: order.number,
  }),
  uniqueName: () => null,
  editForbidden: null,
};

function checkOrder({ lines, total, currency }: PurchaseOrder, facts: PostingFacts): Problem | null {
  return checkLines(lines) ?? checkTotal(total, currency) ?? checkCurrency(currency, facts);
}
