import { addUp, toCents } from '../amounts.js';
import { expenseTotal, orderTotalsOf } from '../purchase-totals.js';
import { EXPENSE_CATEGORIES } from '../reference.js';
import { makeRecords } from './index.js';

const NOW = new Date('2026-11-20T15:00:00Z');
const records = makeRecords({ size: 1000, seed: 1 }, NOW);
const { vendors, expenses, 'purchase-orders': orders, customers, invoices } = records;
const setOf = ({ taxes }: { taxes: readonly { name: string }[] }): string =>
  taxes
    .map(({ name }) => name)
    .toSorted()
    .join('+');

test('no vendor has the name of a customer: in Xero both are contacts', () => {
  const nameOf = ({ company, contact }: (typeof vendors)[number]): string =>
    (company ?? `${contact?.firstName} ${contact?.lastName}`).toLowerCase();
  const taken = new Set(customers.map(nameOf));
  expect(vendors.filter((vendor) => taken.has(nameOf(vendor)))).toEqual([]);
});

test.each([1, 20, 1000])('with a size of %i, every vendor is bought from', (size) => {
  const made = makeRecords({ size, seed: 6 }, NOW);
  const paid = new Set(made.expenses.map(({ vendorId }) => vendorId));
  expect(made.vendors.filter(({ id }) => !paid.has(id))).toEqual([]);
});

test('expenses carry no tax, one, or two, and come to their net amount and taxes', () => {
  expect(new Set(expenses.map(({ taxes }) => taxes.length))).toEqual(new Set([0, 1, 2]));
  expect(expenses.filter((expense) => expense.total !== expenseTotal(expense))).toEqual([]);
});

test('some expenses have no vendor; the others name one that there is, and all a category', () => {
  const ids = new Set(vendors.map(({ id }) => id));
  const known = new Map<string, string>(EXPENSE_CATEGORIES.map(({ id, name }) => [id, name]));
  expect(expenses.filter(({ vendorId }) => vendorId === null).length).toBeGreaterThan(5);
  expect(expenses.filter(({ vendorId }) => vendorId !== null && !ids.has(vendorId))).toEqual([]);
  expect(expenses.filter((one) => known.get(one.categoryId) !== one.categoryName)).toEqual([]);
});

test('orders add up, whatever their discounts and shipping', () => {
  for (const order of orders) {
    const { discountTotal, ...computed } = orderTotalsOf(order);
    expect(order).toMatchObject(computed);
    expect(order.discount?.total ?? '0.00').toBe(discountTotal);
    expect(toCents(order.total)).toBeGreaterThan(0);
  }
  expect(orders.some(({ discount }) => discount?.percent === null)).toBe(true);
  expect(orders.some(({ discount }) => discount !== null && discount.percent !== null)).toBe(true);
  expect(orders.some(({ shippingFee }) => shippingFee !== '0.00')).toBe(true);
  expect(orders.some(({ lines }) => lines.some(({ discount }) => discount !== '0.00'))).toBe(true);
});

test.each([10, 1000])('orders of every status are there for a size of %i', (size) => {
  const { 'purchase-orders': made } = makeRecords({ size, seed: 4 }, NOW);
  const statuses = new Set(made.map(({ status }) => status));
  expect([...statuses].toSorted()).toEqual(['approved', 'cancelled', 'open', 'rejected']);
});

test('purchases bring no combination of taxes that sales do not have', () => {
  const sold = new Set(invoices.flatMap(({ lines }) => lines.map(setOf)));
  const bought = [...expenses.map(setOf), ...orders.flatMap(({ lines }) => lines.map(setOf))];
  expect(bought.filter((set) => !sold.has(set))).toEqual([]);
});

test("an order's discount takes its share of the tax with it; the shipping fee is untaxed", () => {
  const line = {
    itemId: null,
    description: 'Desk',
    quantity: '2.00',
    price: '60.00',
    discount: '20.00',
    taxes: [{ name: 'VAT', rate: '20.00' }],
  };
  const discount = { percent: '10.00', total: '0.00' };
  expect(orderTotalsOf({ lines: [line], discount, shippingFee: '5.00' })).toEqual({
    subtotal: '100.00',
    discountTotal: '10.00',
    totalTax: '18.00',
    total: '113.00',
  });
});

test('each tax of an expense is rounded by itself', () => {
  const taxes = [
    { name: 'A', rate: '2.50' },
    { name: 'B', rate: '2.50' },
  ];
  expect(expenseTotal({ amount: '0.20', taxes })).toBe(addUp(['0.20', '0.01', '0.01']));
});
