import fc from 'fast-check';
import { NO_TAX_KEY, taxSetKey, taxSetName, taxSetOf, taxSetRate } from './tax-set.js';

const component = fc.record({
  name: fc
    .string({ minLength: 1, maxLength: 12 })
    .filter((name) => name.trim() !== '' && !/\p{Surrogate}/u.test(name)),
  rate: fc.integer({ min: 0, max: 10_000 }).map((hundredths) => (hundredths / 100).toFixed(2)),
});

describe('the key of a set of taxes', () => {
  it('is the same whatever the order of the taxes on a line', () => {
    fc.assert(
      fc.property(fc.array(component, { maxLength: 4 }), (components) => {
        expect(taxSetKey(components.toReversed())).toBe(taxSetKey(components));
      }),
    );
  });

  it('stands for the taxes that it was made of', () => {
    fc.assert(
      fc.property(fc.array(component, { maxLength: 4 }), (components) => {
        const key = taxSetKey(components);
        expect(taxSetKey(taxSetOf(key) ?? [])).toBe(key);
      }),
    );
  });

  it.each(['3', 'VAT', 'VAT|', '|5', '%zz|5', 'VAT|x'])('is not %p, and asking is no error', (text) => {
    expect(taxSetOf(text)).toBeNull();
  });

  it('takes 20 and 20.00 for the same rate', () => {
    expect(taxSetKey([{ name: 'VAT', rate: '20.00' }])).toBe(taxSetKey([{ name: 'VAT', rate: '20' }]));
  });

  it('of no tax is its own', () => {
    expect(taxSetKey([])).toBe(NO_TAX_KEY);
    expect(taxSetOf(NO_TAX_KEY)).toEqual([]);
  });
});

it('a set is named after its taxes and adds their rates', () => {
  const components = [
    { name: 'VAT', rate: '20.00' },
    { name: 'City', rate: '5.50' },
  ];
  expect(taxSetName(components)).toBe('VAT 20% + City 5.5%');
  expect(taxSetRate(components)).toBe('25.5');
});
