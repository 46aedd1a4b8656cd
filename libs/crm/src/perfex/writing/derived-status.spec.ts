import { invoiceStatus } from './derived-status.js';

const FACTS = { status: 1, total: '100.00', dueDate: '2026-05-10', settled: '0.00' };

describe('the status of an invoice', () => {
  it.each([
    ['unpaid on the day on which it is due', {}, 1],
    ['overdue the day after', { dueDate: '2026-05-09' }, 4],
    ['unpaid for ever without a due date', { dueDate: null }, 1],
    ['unpaid with a due date of nothing', { dueDate: '0000-00-00' }, 1],
    ['partly paid from the first cent, however late', { settled: '0.01', dueDate: '2020-01-01' }, 3],
    ['partly paid to the last cent', { settled: '99.99' }, 3],
    ['paid when all is settled', { settled: '100.00' }, 2],
    ['paid when more is', { settled: '100.01' }, 2],
    ['paid when there is nothing to pay', { total: '0.00' }, 2],
    ['no longer paid when a payment is gone', { status: 2 }, 1],
    ['cancelled for good', { status: 5, settled: '100.00' }, 5],
    ['a draft until somebody finishes it', { status: 6, settled: '100.00' }, 6],
  ])('is %s', (_, facts, status) => {
    expect(invoiceStatus({ ...FACTS, ...facts }, '2026-05-10')).toBe(status);
  });
});
