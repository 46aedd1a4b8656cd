import { type CanonicalRecord, CRM_ENTITIES, type CrmEntity } from '@sync/domain';
import fc from 'fast-check';
import { makeRecords } from '../../../../../apps/sandbox/src/crm/seed/index.js';
import { plainText } from '../../plain-text.js';
import { writtenDecoders } from '../wire/index.js';
import { encoders } from './index.js';
import { wireText } from './parts.js';

const records = makeRecords({ size: 200, seed: 9, currencies: true }, new Date('2026-11-20T12:00:00Z'));

function decoded<E extends CrmEntity>(entity: E, raw: unknown): CanonicalRecord<E> {
  const reading = writtenDecoders[entity]('1', raw);
  if (reading.state !== 'found') throw new Error(JSON.stringify(reading));
  return reading.record;
}

/** What is sent of a record, and the record itself. */
function encoded<E extends CrmEntity>(entity: E, raw: unknown) {
  const record = decoded(entity, raw);
  return { record, wire: encoders[entity](record) };
}

test.each(CRM_ENTITIES)('%s that are written and read again are the same', (entity) => {
  for (const raw of records[entity]) {
    const { record, wire } = encoded(entity, raw);
    // What the CRM derives is not sent.
    expect(decoded(entity, { ...raw, ...wire })).toEqual(record);
  }
});

test.each(CRM_ENTITIES)('of %s nothing is sent that the CRM derives or gives', (entity) => {
  const [raw] = records[entity];
  const own = Object.keys(encoded(entity, raw).wire);
  const derived = ['id', 'createdAt', 'updatedAt', 'paid', 'credited', 'applied', 'refunded'];
  expect(own.filter((field) => derived.includes(field))).toEqual([]);
  expect(Object.keys(raw ?? {}).filter((field) => !own.includes(field) && !derived.includes(field))).toEqual(
    [],
  );
});

test.each([
  ['a < b and b > c', 'a < b and b > c'],
  ['R&D', 'R&D'],
  ['use <br> here', 'use &lt;br&gt; here'],
  ['&amp; is an entity', '&amp;amp; is an entity'],
])('the text %j goes as %j', (text, wire) => {
  expect(wireText(text)).toBe(wire);
});

test('whoever reads HTML in a text that we send reads the text', () => {
  const piece = fc.constantFrom(
    '<b>',
    '&lt;',
    '&',
    'amp;',
    '<!--',
    '-->',
    '<script>',
    'a',
    ' ',
    '\n',
    '#38;',
    '"',
  );
  const texts = fc.array(piece, { maxLength: 8 }).map((pieces) => pieces.join(''));
  fc.assert(
    fc.property(texts, (text) => {
      const spaced = text
        .replace(/ +/g, ' ')
        .replace(/ ?\n ?/g, '\n')
        .replace(/\n{3,}/g, '\n\n')
        .trim();
      expect(plainText(wireText(spaced))).toBe(spaced);
    }),
  );
});

test('a person without a company is named by its contact, and written so', () => {
  const raw = { id: '1', company: null, contact: { firstName: 'Ann', lastName: 'Smith' } };
  expect(encoders.customers(decoded('customers', raw))).toMatchObject({ company: null });
  const named = { ...raw, company: 'Smith Ltd' };
  expect(encoders.customers(decoded('customers', named))).toMatchObject({ company: 'Smith Ltd' });
});
