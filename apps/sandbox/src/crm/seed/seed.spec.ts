import { addUp, toCents } from '../amounts.js';
import type { RecordLists } from '../records.js';
import { totalsOf } from '../totals.js';
import { makeRecords } from './index.js';

const NOW = new Date('2026-11-20T15:00:00Z');
const records = makeRecords({ size: 1000, seed: 1 }, NOW);
const open = records.invoices.filter(({ status }) => status === 'open');

function share<T>(list: readonly T[], suits: (item: T) => boolean): number {
  return list.filter(suits).length / list.length;
}

test('the same seed makes the same records, another seed others', () => {
  expect(makeRecords({ size: 60, seed: 5 }, NOW)).toEqual(makeRecords({ size: 60, seed: 5 }, NOW));
  expect(makeRecords({ size: 60, seed: 5 }, NOW)).not.toEqual(makeRecords({ size: 60, seed: 6 }, NOW));
});

test('a thousand invoices come with everything in proportion', () => {
  const counts = Object.fromEntries(Object.entries(records).map(([entity, list]) => [entity, list.length]));
  expect(counts).toEqual({
    taxes: 6,
    customers: 200,
    vendors: 20,
    items: 40,
    invoices: 1050,
    'credit-notes': 15,
    'credit-applications': 12,
    payments: 700,
    refunds: 4,
    expenses: 60,
    'purchase-orders': 25,
  });
  expect(open).toHaveLength(1000);
  expect(records.invoices.filter(({ status }) => status === 'draft')).toHaveLength(30);
});

test.each([1, 2, 3, 7, 40])('a size of %i works too', (size) => {
  const small: RecordLists = makeRecords({ size, seed: 3 }, NOW);
  expect(small.invoices.filter(({ status }) => status === 'open')).toHaveLength(size);
  expect(small.payments).toHaveLength(Math.round(size * 0.7));
});

test('amounts add up as the CRM computes them, but for a cent in one of a hundred', () => {
  const misses = open.filter((invoice) => totalsOf(invoice).total !== invoice.total);
  expect(misses).toHaveLength(10);
  for (const invoice of open) {
    const { discountTotal, ...computed } = totalsOf(invoice);
    expect(invoice).toMatchObject({ subtotal: computed.subtotal, totalTax: computed.totalTax });
    expect(Math.abs(toCents(computed.total) - toCents(invoice.total))).toBeLessThanOrEqual(1);
    expect(invoice.discount?.total ?? '0.00').toBe(discountTotal);
    expect(toCents(invoice.total)).toBeGreaterThan(0);
  }
});

test('a realistic share of documents differs by cents where tax is rounded by line', () => {
  const byLine = (invoice: (typeof open)[number]): number => {
    const taxes = invoice.lines.flatMap(({ quantity, price, taxes: own }) =>
      own.length === 0
        ? []
        : [
            totalsOf({
              lines: [{ quantity, price, taxes: own, itemId: null, description: '' }],
              discount: null,
              adjustment: '0',
            }).totalTax,
          ],
    );
    return toCents(addUp(taxes));
  };
  const plain = open.filter(({ discount }) => discount === null);
  const differing = share(plain, (invoice) => byLine(invoice) !== toCents(invoice.totalTax));
  expect(differing).toBeGreaterThan(0.05);
  expect(differing).toBeLessThan(0.5);
});

test('payments come to what is booked on their invoice and never to more than its total', () => {
  const paid = new Map<string, typeof records.payments>();
  for (const payment of records.payments) {
    paid.set(payment.invoiceId, [...(paid.get(payment.invoiceId) ?? []), payment]);
  }
  for (const invoice of records.invoices) {
    const own = (paid.get(invoice.id) ?? []).map(({ amount }) => amount);
    expect(invoice.paid).toBe(addUp(own));
    expect(toCents(invoice.paid)).toBeLessThanOrEqual(toCents(invoice.total));
    expect(own.every((amount) => toCents(amount) > 0)).toBe(true);
    if (invoice.status !== 'open') expect(own).toEqual([]);
  }
  expect([...paid.values()].some((own) => own.length > 1)).toBe(true);
  expect(share(open, ({ paid: amount, total }) => amount === total)).toBeGreaterThan(0.2);
  expect(share(open, ({ paid: amount, total }) => amount !== '0.00' && amount !== total)).toBeGreaterThan(
    0.1,
  );
});

test('everything happened within the last twelve months and nothing in the future', () => {
  const days = [...records.invoices, ...records.payments].map(({ date }) => date);
  expect(days.every((day) => day >= '2025-11-20' && day <= '2026-11-20')).toBe(true);
  const moments = Object.values(records).flatMap((list) => list.map(({ createdAt }) => createdAt));
  expect(moments.every((moment) => moment >= '2025-11-20' && moment <= NOW.toISOString())).toBe(true);
});

test('every pair of taxes is used, and some lines carry none', () => {
  const sets = new Set(
    open.flatMap(({ lines }) =>
      lines.map(({ taxes }) =>
        taxes
          .map(({ name }) => name)
          .toSorted()
          .join('+'),
      ),
    ),
  );
  expect([...sets].filter((set) => set.includes('+')).toSorted()).toEqual([
    'City Tax+Sales Tax',
    'GST+Tourism Levy',
    'Tourism Levy+VAT',
  ]);
  expect(sets.has('')).toBe(true);
});

test('discounts of every kind, adjustments, and quantities with decimals occur', () => {
  const kinds = new Set(
    open.map(({ discount: d }) => (d === null ? '' : `${d.timing} ${d.percent === null}`)),
  );
  expect(kinds.size).toBe(5);
  expect(share(open, ({ adjustment }) => adjustment !== '0.00')).toBeGreaterThan(0.01);
  expect(open.some(({ lines }) => lines.some(({ quantity }) => !quantity.endsWith('.00')))).toBe(true);
});

test('customers have distinct names but for one pair; some have no company, some no contact, some no e-mail', () => {
  const { customers } = records;
  const names = customers.map(({ company, contact }) =>
    (company ?? `${contact?.firstName ?? ''} ${contact?.lastName ?? ''}`).toLowerCase(),
  );
  expect(new Set(names).size).toBe(customers.length - 1);
  expect(names.every((name) => name.trim() !== '')).toBe(true);
  expect(customers.some(({ company }) => company === null)).toBe(true);
  expect(customers.some(({ contact }) => contact === null)).toBe(true);
  expect(customers.some(({ contact }) => contact !== null && contact.email === null)).toBe(true);
});

test('e-mail addresses are plain and unique; item codes are unique and at most 30 characters', () => {
  const emails = records.customers.flatMap(({ contact, otherContacts }) =>
    [contact, ...otherContacts].flatMap((person) => person?.email ?? []),
  );
  expect(new Set(emails).size).toBe(emails.length);
  expect(emails.every((email) => /^[a-z0-9.-]+@[a-z0-9]+\.example$/.test(email))).toBe(true);
  const codes = records.items.flatMap(({ code }) => code ?? []);
  expect(new Set(codes).size).toBe(codes.length);
  expect(codes.every((code) => code.length <= 30)).toBe(true);
});

test('invoice numbers are unique, and drafts have none', () => {
  const numbers = records.invoices.flatMap(({ number }) => number ?? []);
  expect(numbers).toHaveLength(1020);
  expect(new Set(numbers).size).toBe(1020);
  expect(numbers[0]).toBe('INV-000001');
});

test('some texts hold HTML', () => {
  expect(JSON.stringify(records)).toContain('<br />');
});

test('documents are in one currency unless several are asked for', () => {
  const currencies = (list: RecordLists) => new Set(list.invoices.map(({ currency }) => currency));
  expect([...currencies(records)]).toEqual(['USD']);
  expect(currencies(makeRecords({ size: 200, seed: 1, currencies: true }, NOW)).size).toBeGreaterThan(2);
});
