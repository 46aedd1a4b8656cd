import type { Expense } from '@sync/domain';
import {
  type Defaults,
  type EntityDefinition,
  fallbackVendorId,
  fallbackVendorName,
  type Need,
  NO_PAYMENT_MODE,
} from '@sync/engine';
import { checkAmount, checkCurrency, checkDate, checkTotal } from '../checks.js';
import { factKeys } from '../fact-keys.js';
import { taxParents } from '../line-parents.js';
import { purchaseTaxes, ROUNDING } from '../needs.js';

/** A purchase that was paid at once: money spent from a bank account. */
export const expenses: EntityDefinition<'expenses'> = {
  entity: 'expenses',
  codecVersion: 1,
  derive: () => null,
  withDefaults,
  withoutDefaults,
  label: ({ name, reference, categoryName, id }) => name ?? reference ?? `${categoryName} ${id}`,
  owned: ownedFields,
  parents: ({ vendorId, taxes }) => [
    ...(vendorId === null ? [] : [{ entity: 'vendors', crmId: vendorId, required: true } as const]),
    // Not required: a rate of purchases may be chosen for a tax that nothing sold carries.
    ...taxParents([{ taxes }], false),
  ],
  whenParentExcluded: 'park',
  exclusion: () => null,
  check: ({ amount, total, currency, date }, facts) =>
    checkAmount('amount of the expense', amount) ??
    checkTotal(total, currency) ??
    checkCurrency(currency, facts) ??
    checkDate(date, facts),
  dateMoves: true,
  warnings: () => [],
  needs: needsOf,
  identity: { number: 'nothing', facts: true, person: false },
  keys: (expense, xeroIdOf) => {
    const { vendorId, total } = expense;
    return factKeys(expense, total, vendorId === null ? null : xeroIdOf('vendors', vendorId));
  },
  uniqueName: () => null,
  editForbidden: null,
};

function withDefaults(expense: Expense, { fallbackSupplier }: Defaults): Expense {
  return {
    ...expense,
    vendorId: expense.vendorId ?? fallbackVendorId(fallbackSupplier),
    modeId: expense.modeId ?? NO_PAYMENT_MODE,
  };
}

/** What the settings filled in is no field of the record: another default is no change of what was posted before. */
function ownedFields(expense: Expense) {
  const { id: _id, ...fields } = withoutDefaults(expense);
  return fields;
}

function withoutDefaults(expense: Expense): Expense {
  const { vendorId, modeId } = expense;
  const filled = vendorId !== null && fallbackVendorName(vendorId) !== null;
  return {
    ...expense,
    vendorId: filled ? null : vendorId,
    modeId: modeId === NO_PAYMENT_MODE ? null : modeId,
  };
}

function needsOf({ categoryId, categoryName, modeId, taxes }: Expense): Need[] {
  const mode = modeId ?? NO_PAYMENT_MODE;
  return [
    { kind: 'expense-category', key: categoryId, label: categoryName },
    { kind: 'payment-mode', key: mode, label: mode },
    ...purchaseTaxes([{ taxes }]),
    ROUNDING,
  ];
}
