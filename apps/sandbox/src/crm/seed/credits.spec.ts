import { addUp, dueOf, toCents } from '../amounts.js';
import { totalsOf } from '../totals.js';
import { makeRecords } from './index.js';

const NOW = new Date('2026-11-20T15:00:00Z');
const records = makeRecords({ size: 1000, seed: 1 }, NOW);
const { invoices, 'credit-notes': notes, 'credit-applications': applications, refunds } = records;
const byId = <T extends { id: string }>(list: readonly T[], id: string): T | undefined =>
  list.find((one) => one.id === id);
const sum = (list: readonly { amount: string }[]): string => addUp(list.map(({ amount }) => amount));

test.each([1, 2, 3, 20, 300])(
  'of %i invoices none is settled twice, and no credit note is used up twice',
  (size) => {
    const small = makeRecords({ size, seed: 11 }, NOW);
    for (const { id, total, paid, credited } of small.invoices) {
      expect(credited).toBe(sum(small['credit-applications'].filter(({ invoiceId }) => invoiceId === id)));
      expect(toCents(dueOf(total, paid, credited))).toBeGreaterThanOrEqual(0);
    }
    for (const { id, total, applied, refunded } of small['credit-notes']) {
      const own = ({ creditNoteId }: { creditNoteId: string }): boolean => creditNoteId === id;
      expect(applied).toBe(sum(small['credit-applications'].filter(own)));
      expect(refunded).toBe(sum(small.refunds.filter(own)));
      expect(toCents(dueOf(total, applied, refunded))).toBeGreaterThanOrEqual(0);
    }
  },
);

test('a credit note pays for open invoices of its own customer and currency, on no day before either', () => {
  for (const { creditNoteId, invoiceId, currency, date, amount } of applications) {
    const note = byId(notes, creditNoteId);
    const invoice = byId(invoices, invoiceId);
    expect(invoice).toMatchObject({ status: 'open', customerId: note?.customerId, currency });
    expect([note?.status, note?.currency]).toEqual(['open', currency]);
    expect(date >= (note?.date ?? '') && (note?.date ?? '') >= (invoice?.date ?? '')).toBe(true);
    expect(toCents(amount)).toBeGreaterThan(0);
  }
});

test('its amounts add up as those of invoices do', () => {
  for (const note of notes) {
    const { discountTotal, ...computed } = totalsOf(note);
    expect(note).toMatchObject(computed);
    expect(note.discount?.total ?? '0.00').toBe(discountTotal);
    expect(toCents(note.total)).toBeGreaterThan(0);
  }
});

test('notes are used up, used in part, for two invoices, paid back, not at all, and void', () => {
  const left = ({ total, applied, refunded }: (typeof notes)[number]): number =>
    toCents(dueOf(total, applied, refunded));
  const uses = (id: string): number => applications.filter(({ creditNoteId }) => creditNoteId === id).length;
  expect(notes.some((note) => left(note) === 0)).toBe(true);
  expect(notes.some((note) => note.applied !== '0.00' && left(note) > 0)).toBe(true);
  expect(notes.filter(({ id }) => uses(id) === 2)).toHaveLength(2);
  expect(notes.some(({ applied, refunded }) => applied === '0.00' && refunded !== '0.00')).toBe(true);
  expect(notes.filter(({ status }) => status === 'void')).toMatchObject([
    { applied: '0.00', refunded: '0.00' },
  ]);
  expect(refunds.every(({ amount }) => toCents(amount) > 0)).toBe(true);
});

test('some invoices are settled by a payment and a credit note together', () => {
  expect(invoices.some(({ paid, credited }) => paid !== '0.00' && credited !== '0.00')).toBe(true);
});
