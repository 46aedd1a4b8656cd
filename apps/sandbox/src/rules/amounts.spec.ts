import fc from 'fast-check';
import { computeLine, effectiveRate, type LineParts, money, totalsOf } from './amounts.js';

const lineOf = (parts: Partial<LineParts> & Pick<LineParts, 'unitAmount'>): LineParts => ({
  quantity: '1',
  taxRate: '15',
  ...parts,
});

describe('Amounts of a line', () => {
  it.each([
    // mode, parts, line, tax
    ['Exclusive', { unitAmount: '25.06' }, '25.06', '3.76'],
    ['Exclusive', { unitAmount: '25.61' }, '25.61', '3.84'],
    ['Exclusive', { unitAmount: '25.63' }, '25.63', '3.84'],
    ['Inclusive', { unitAmount: '20.00', taxRate: '8.25' }, '20.00', '1.52'],
    ['Inclusive', { unitAmount: '6187.50', taxRate: '8.25' }, '6187.50', '471.56'],
    ['NoTax', { unitAmount: '99.99' }, '99.99', '0.00'],
    // Half a cent goes up, away from zero on both sides.
    ['Exclusive', { unitAmount: '0.10', taxRate: '5' }, '0.10', '0.01'],
    ['Exclusive', { unitAmount: '-0.10', taxRate: '5' }, '-0.10', '-0.01'],
    ['Exclusive', { quantity: '1.5', unitAmount: '10.95' }, '16.43', '2.46'],
    ['Exclusive', { quantity: '3', unitAmount: '0.3333' }, '1.00', '0.15'],
    // A rate takes off before rounding, an amount after it.
    ['Exclusive', { quantity: '2', unitAmount: '99.99', discountRate: '10' }, '179.98', '27.00'],
    ['Exclusive', { quantity: '2', unitAmount: '99.99', discountAmount: '10.01' }, '189.97', '28.50'],
    ['Exclusive', { unitAmount: '100', discountRate: '100' }, '0.00', '0.00'],
    // A tax that was sent replaces Xero's own, except where there is none.
    ['Exclusive', { unitAmount: '100', taxAmount: '14.99' }, '100.00', '14.99'],
    ['NoTax', { unitAmount: '100', taxAmount: '14.99' }, '100.00', '0.00'],
  ] as const)('%s %j → line %s, tax %s', (mode, parts, lineAmount, taxAmount) => {
    expect(computeLine(lineOf(parts), mode)).toMatchObject({ lineAmount, taxAmount });
  });

  it('tells what the discount takes off', () => {
    expect(
      computeLine(lineOf({ quantity: '2', unitAmount: '99.99', discountRate: '10' }), 'Exclusive').discount,
    ).toBe('20.00');
  });
});

describe('Totals of a document', () => {
  it('sums taxes that were rounded per line: 11.44, where tax on the sum would be 11.45', () => {
    const lines = ['25.06', '25.61', '25.63'].map((unitAmount) =>
      computeLine(lineOf({ unitAmount }), 'Exclusive'),
    );
    expect(totalsOf(lines, 'Exclusive')).toEqual({ subTotal: '76.30', totalTax: '11.44', total: '87.74' });
  });

  it('takes the tax out of inclusive lines', () => {
    const lines = [computeLine(lineOf({ unitAmount: '20', taxRate: '8.25' }), 'Inclusive')];
    expect(totalsOf(lines, 'Inclusive')).toEqual({ subTotal: '18.48', totalTax: '1.52', total: '20.00' });
  });

  it('adds up to the cent whatever the lines are', () => {
    const cents = fc.integer({ min: -500_000, max: 500_000 }).map((value) => money(value / 100));
    const rate = fc.integer({ min: 0, max: 3000 }).map((value) => String(value / 100));
    const mode = fc.constantFrom('Exclusive' as const, 'Inclusive' as const, 'NoTax' as const);
    fc.assert(
      fc.property(fc.array(fc.tuple(cents, rate), { maxLength: 20 }), mode, (rows, how) => {
        const lines = rows.map(([unitAmount, taxRate]) => computeLine(lineOf({ unitAmount, taxRate }), how));
        const { subTotal, totalTax, total } = totalsOf(lines, how);
        const sum = lines.reduce((all, one) => all + Math.round(Number(one.lineAmount) * 100), 0);
        expect(Math.round(Number(subTotal) * 100) + Math.round(Number(totalTax) * 100)).toBe(
          Math.round(Number(total) * 100),
        );
        expect(Math.round(Number(how === 'Inclusive' ? total : subTotal) * 100)).toBe(sum);
      }),
    );
  });
});

describe('The effective rate of components', () => {
  it.each([
    [[['8', false]], '8'],
    [
      [
        ['8', false],
        ['2', false],
      ],
      '10',
    ],
    [
      [
        ['5', false],
        ['10', true],
      ],
      '15.5',
    ],
    [
      [
        ['5', false],
        ['9.975', true],
      ],
      '15.4738',
    ],
  ] as const)('%j → %s', (components, expected) => {
    expect(effectiveRate(components.map(([rate, isCompound]) => ({ rate, isCompound })))).toBe(expected);
  });
});
