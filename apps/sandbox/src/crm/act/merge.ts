import { recomputed, recomputedExpense, recomputedOrder } from '../recompute.js';
import type { CrmEntity, CrmRecords } from '../records.js';
import { EXPENSE_CATEGORIES } from '../reference.js';

/** The record with changed fields; amounts follow from its parts where a part changed, unless the fields give them. */
export function withFields<E extends CrmEntity>(
  entity: E,
  record: CrmRecords[E],
  fields: Partial<CrmRecords[E]>,
): CrmRecords[E] {
  return { ...MERGE[entity]({ ...record, ...fields }, fields), ...fields };
}

type Merge = { [E in CrmEntity]: (changed: CrmRecords[E], fields: Partial<CrmRecords[E]>) => CrmRecords[E] };

const asItIs = <T>(changed: T): T => changed;

const SALES_PARTS = ['lines', 'discount', 'adjustment'] as const;

const MERGE: Merge = {
  taxes: asItIs,
  customers: asItIs,
  vendors: asItIs,
  items: asItIs,
  invoices: (changed, fields) => (gives(fields, SALES_PARTS) ? recomputed(changed) : changed),
  'credit-notes': (changed, fields) => (gives(fields, SALES_PARTS) ? recomputed(changed) : changed),
  'credit-applications': asItIs,
  payments: asItIs,
  refunds: asItIs,
  expenses: (changed, fields) => {
    const categoryName = EXPENSE_CATEGORIES.find(({ id }) => id === changed.categoryId)?.name;
    const expense = { ...changed, categoryName: categoryName ?? changed.categoryName };
    return gives(fields, ['amount', 'taxes']) ? recomputedExpense(expense) : expense;
  },
  'purchase-orders': (changed, fields) =>
    gives(fields, ['lines', 'discount', 'shippingFee']) ? recomputedOrder(changed) : changed,
};

function gives(fields: object, parts: readonly string[]): boolean {
  return parts.some((part) => part in fields);
}
