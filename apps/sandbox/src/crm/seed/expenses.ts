import { fromCents } from '../amounts.js';
import { expenseTotal } from '../purchase-totals.js';
import type { CustomerRecord, ExpenseRecord } from '../records.js';
import { BASE_CURRENCY, EXPENSE_CATEGORIES, PAYMENT_MODES } from '../reference.js';
import { dayAfter, dayOf, momentOn } from './dates.js';
import type { Random } from './random.js';
import { SINGLE_TAXES, TAX_PAIRS } from './taxes.js';

/** What purchases are made from. */
export interface ExpenseMaking {
  random: Random;
  now: Date;
  vendors: readonly CustomerRecord[];
}

/** What is bought: the place of its category in the list, its name, and a net price between the two. */
const BOUGHT: readonly (readonly [category: number, name: string, from: number, to: number])[] = [
  [0, 'Local newspaper ad', 80, 400],
  [0, 'Flyers, 1,000 pieces', 60, 180],
  [1, 'Train tickets', 25, 220],
  [1, 'Hotel, two nights', 180, 460],
  [1, 'Taxi to the airport', 18, 75],
  [2, 'Printer paper & pens', 12, 90],
  [2, 'Desk lamp', 25, 120],
  [3, 'Web hosting', 9, 60],
  [3, 'Accounting software', 30, 95],
  [4, 'Storage room, monthly rent', 150, 420],
  [5, 'Mobile phones', 40, 160],
  [5, 'Internet line', 35, 90],
  [6, 'Courier to a customer', 8, 70],
  [7, 'Lunch with a customer', 22, 140],
];

/** Expenses of the last twelve months in the order of their dates; every vendor is paid once at least. */
export function makeExpenses(count: number, making: ExpenseMaking): ExpenseRecord[] {
  const { random, now, vendors } = making;
  const ages = Array.from({ length: count }, () => random.int(1, 360)).toSorted((a, b) => b - a);
  return ages.map((age, at) => {
    const vendor = vendors[at] ?? (random.chance(0.5) ? random.pick(vendors) : null);
    return makeExpense({ id: String(at + 1), date: dayAfter(dayOf(now), -age), vendor }, making);
  });
}

/** What is given of an expense before it is made. */
export interface ExpenseStart {
  id: string;
  date: string;
  /** Null: nobody wrote it down. */
  vendor: CustomerRecord | null;
}

/** One expense: one in four without tax, one in six with two taxes. */
export function makeExpense({ id, date, vendor }: ExpenseStart, making: ExpenseMaking): ExpenseRecord {
  const { random, now } = making;
  const [category, name, from, to] = random.pick(BOUGHT);
  const { id: categoryId, name: categoryName } = EXPENSE_CATEGORIES[category] ?? EXPENSE_CATEGORIES[0];
  const amount = fromCents(random.int(from * 100, to * 100));
  const taxes = [...expenseTaxes(random)];
  const createdAt = momentOn(date, random.next(), now);
  return {
    id,
    name: random.chance(0.9) ? name : null,
    note: random.chance(0.2) ? 'Receipt is in the folder.<br />\nApproved by the office.' : null,
    reference: random.chance(0.6) ? random.fill('R-######') : null,
    categoryId,
    categoryName,
    vendorId: vendor?.id ?? null,
    date,
    currency: vendor?.currency ?? BASE_CURRENCY,
    amount,
    taxes,
    total: expenseTotal({ amount, taxes }),
    mode: random.pick(PAYMENT_MODES.slice(0, 3)).id,
    createdAt,
    updatedAt: createdAt,
  };
}

function expenseTaxes(random: Random) {
  const kind = random.next();
  if (kind < 0.25) return [];
  return kind < 0.42 ? random.pick(TAX_PAIRS) : random.pick(SINGLE_TAXES);
}
