import type { DiscountRecord, LineRecord } from './records.js';
import { totalsOf } from './totals.js';

const VAT = { name: 'VAT', rate: '20.00' };
const CITY = { name: 'City', rate: '5.00' };

function line(quantity: string, price: string, ...taxes: LineRecord['taxes']): LineRecord {
  return { itemId: null, description: 'Work', quantity, price, taxes };
}

function discount(timing: DiscountRecord['timing'], percent: string | null, total = '0.00'): DiscountRecord {
  return { timing, percent, total };
}

const lines = [line('2.00', '50.00', VAT, CITY), line('1.00', '100.00', VAT), line('1.00', '20.00')];

test.each([
  ['no discount', null, '0.00', { discountTotal: '0.00', totalTax: '45.00', total: '265.00' }],
  [
    'percent before tax',
    discount('before_tax', '10.00'),
    '0.00',
    { discountTotal: '22.00', totalTax: '40.50', total: '238.50' },
  ],
  [
    'fixed before tax',
    discount('before_tax', null, '11.00'),
    '0.00',
    { discountTotal: '11.00', totalTax: '42.75', total: '251.75' },
  ],
  [
    'percent after tax',
    discount('after_tax', '10.00'),
    '0.00',
    { discountTotal: '26.50', totalTax: '45.00', total: '238.50' },
  ],
  [
    'fixed after tax',
    discount('after_tax', null, '11.00'),
    '0.00',
    { discountTotal: '11.00', totalTax: '45.00', total: '254.00' },
  ],
  ['an adjustment, untaxed', null, '-3.21', { discountTotal: '0.00', totalTax: '45.00', total: '261.79' }],
])('%s', (_, given, adjustment, expected) => {
  expect(totalsOf({ lines, discount: given, adjustment })).toEqual({ subtotal: '220.00', ...expected });
});

test('lines are rounded to cents one by one, and the tax once for the document from what was not rounded', () => {
  const thirds = [line('0.33', '0.35', VAT), line('0.33', '0.35', VAT), line('0.33', '0.35', VAT)];
  // 0.1155 a line: 0.12 each; the tax of 0.3465 is 0.0693, where each line alone would have 0.02.
  expect(totalsOf({ lines: thirds, discount: null, adjustment: '0.00' })).toEqual({
    subtotal: '0.36',
    discountTotal: '0.00',
    totalTax: '0.07',
    total: '0.43',
  });
});

test('a document without lines comes to nothing', () => {
  const fixed = discount('before_tax', null, '0.00');
  expect(totalsOf({ lines: [], discount: fixed, adjustment: '0.00' }).total).toBe('0.00');
});
