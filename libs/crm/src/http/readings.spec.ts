import { readingsOf, taxSetReading } from './readings.js';

const item = (id: string) => ({ id, name: `Item ${id}`, price: '1.00' });

test('every id that was asked for gets one reading, however the CRM answers', () => {
  const answer = {
    records: [item('2'), item('9'), { name: 'without id' }, null, item('2'), { id: '2' }],
    missing: ['3'],
  };
  const readings = readingsOf('items', ['1', '2', '3'], answer);
  expect(readings).toMatchObject([
    { id: '1', state: 'invalid', reason: 'the CRM neither gave it nor called it missing' },
    { id: '2', state: 'found' },
    { id: '3', state: 'missing' },
  ]);
});

test('an answer about none of the ids is no answer', () => {
  expect(() => readingsOf('items', ['1', '2'], { records: [], missing: [] })).toThrow(
    expect.objectContaining({ code: 'CRM_ANSWER_UNREADABLE' }),
  );
});

test('an answer that says nothing of a single id spoils that record only', () => {
  expect(readingsOf('items', ['1'], { records: [item('01')], missing: [] })).toMatchObject([
    { state: 'invalid' },
  ]);
});

test('an id of the CRM is never taken for the key of a tax set', () => {
  const ids = ['1', 'vat-20', 'none', '', '%zz|5', '%FF|5'];
  expect(ids.map((id) => taxSetReading(id))).toEqual(ids.map(() => null));
});
