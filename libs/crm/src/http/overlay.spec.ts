import { overlay } from './overlay.js';

test('what does not differ stays to the letter, with fields that nobody knows', () => {
  const given = {
    name: 'A &amp; B',
    price: '2.50',
    shelf: 12,
    lines: [{ text: 'x<br />y', price: '1.0', row: 7 }],
  };
  const now = { name: 'A & B', price: '2.5', lines: [{ text: 'x\ny', price: '1' }] };
  const target = { name: 'A & B', price: '3', lines: [{ text: 'x\ny', price: '2' }] };
  expect(overlay(given, now, target)).toEqual({
    name: 'A &amp; B',
    price: '3',
    shelf: 12,
    lines: [{ text: 'x<br />y', price: '2', row: 7 }],
  });
});

test('what agrees in all of it is what was given', () => {
  const given = { a: '1.00', b: null };
  expect(overlay(given, { a: '1' }, { a: '1' })).toBe(given);
});

test('a field that is left out and does not differ stays left out', () => {
  expect(overlay({ a: '1' }, { a: '1', note: null }, { a: '2', note: null })).toEqual({ a: '2' });
});

test('a list of another length is replaced, and so is a discount that differs', () => {
  expect(overlay({ l: ['&amp;'] }, { l: ['&'] }, { l: ['&', 'b'] })).toEqual({ l: ['&', 'b'] });
  const discount = { percent: '10.00', total: '5.00' };
  expect(
    overlay({ discount, n: 1 }, { discount: { total: '5' }, n: 1 }, { discount: { total: '6' }, n: 1 }),
  ).toEqual({
    discount: { total: '6' },
    n: 1,
  });
});

test('something that was not there is added, and something that goes is null', () => {
  expect(overlay({ a: null, b: { c: '1' } }, { a: null, b: { c: '1' } }, { a: { c: '2' }, b: null })).toEqual(
    {
      a: { c: '2' },
      b: null,
    },
  );
});
