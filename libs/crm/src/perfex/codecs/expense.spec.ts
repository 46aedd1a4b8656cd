import { decodeExpense, type ExpenseRow, expenseTotal } from './expense.js';

const ROW: ExpenseRow = {
  id: 1,
  categoryId: 2,
  categoryName: 'Travel',
  currencyName: 'USD',
  amount: '10.00',
  reference: null,
  note: null,
  name: null,
  mode: ' ',
  vendorId: null,
  date: '2026-05-04',
  createdAt: '2026-05-04 10:00:00',
  taxName: null,
  taxRate: null,
  tax2Name: null,
  tax2Rate: null,
};

describe('an expense', () => {
  it('adds each tax to its net amount, rounded by itself and never on top of the other', () => {
    const taxes = [
      { name: 'VAT', rate: '20.00' },
      { name: 'City', rate: '5.00' },
    ];
    expect(expenseTotal('33.33', taxes)).toBe('41.67');
    expect(expenseTotal('0.10', [{ name: 'A', rate: '5.00' }])).toBe('0.11');
    expect(expenseTotal('100.00', [])).toBe('100.00');
  });

  it('has a tax whose row exists, and no mode where none was chosen', () => {
    const taxed = decodeExpense({ ...ROW, tax2Name: ' City ', tax2Rate: '5.00' });
    expect(taxed).toMatchObject({
      record: { taxes: [{ name: 'City', rate: '5.00' }], total: '10.50', modeId: null },
    });
  });

  it('needs a currency with a code', () => {
    expect(decodeExpense({ ...ROW, currencyName: null })).toMatchObject({ state: 'invalid' });
  });
});
