import { canonicalHash, type Expense } from '@sync/domain';
import {
  type BookingSettings,
  type Defaults,
  type EntityDefinition,
  type ExpenseForm,
  fallbackVendorId,
  fallbackVendorName,
  type ParentRef,
  NO_PAYMENT_MODE,
} from '@sync/engine';
import { checkAmount, checkCurrency, checkDate, checkTotal } from './checks.js';
import { factKeys } from './fact-keys.js';
import { taxParents } from './line-parents.js';

/** What an expense is, whatever it is booked as. */
export const purchase = {
  derive: () => null,
  withDefaults,
  withoutDefaults,
  label: labelOf,
  parents: parentsOf,
  whenParentExcluded: 'park',
  exclusion: () => null,
  check: ({ amount, total, currency, date }, facts) =>
    checkAmount('amount of the expense', amount) ??
    checkTotal(total, currency) ??
    checkCurrency(currency, facts) ??
    checkDate(date, facts),
  warnings: () => [],
  identity: { number: 'nothing', facts: true, person: false },
  keys: (expense, xeroIdOf) => {
    const { vendorId, total } = expense;
    return factKeys(expense, total, vendorId === null ? null : xeroIdOf('vendors', vendorId));
  },
  uniqueName: () => null,
  editForbidden: null,
} as const satisfies Partial<EntityDefinition<'expenses' | 'bills'>>;

/** As what an expense is to be booked: its payment mode says so before its category, and that before the organization. */
export function expenseForm(
  { categoryId, modeId }: Expense,
  { expensesAs, expensesAsByCategory, expensesAsByMode }: BookingSettings,
): ExpenseForm {
  return expensesAsByMode[modeId ?? NO_PAYMENT_MODE] ?? expensesAsByCategory[categoryId] ?? expensesAs;
}

/** The fields of a bill that count as a change. How it was paid is no part of it. */
export function billFields(expense: Expense) {
  const { modeId: _modeId, ...fields } = expenseFields(expense);
  return fields;
}

/** With this hash of its fields the bill of an expense is in Xero as the CRM has it. */
export function billHash(expense: Expense): string {
  return canonicalHash(billFields(expense));
}

/** What people call an expense. */
export function labelOf({ name, reference, categoryName, id }: Expense): string {
  return name ?? reference ?? `${categoryName} ${id}`;
}

function parentsOf({ vendorId, taxes }: Expense): ParentRef[] {
  return [
    ...(vendorId === null ? [] : [{ entity: 'vendors', crmId: vendorId, required: true } as const]),
    // Not required: a rate of purchases may be chosen for a tax that nothing sold carries.
    ...taxParents([{ taxes }], false),
  ];
}

function withDefaults(expense: Expense, { fallbackSupplier }: Defaults): Expense {
  return {
    ...expense,
    vendorId: expense.vendorId ?? fallbackVendorId(fallbackSupplier),
    modeId: expense.modeId ?? NO_PAYMENT_MODE,
  };
}

/** What the settings filled in is no field of the record: another default is no change of what was posted before. */
export function expenseFields(expense: Expense) {
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
