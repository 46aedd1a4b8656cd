import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ENTITIES, type Entity } from '@sync/domain';
import Ajv from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { z } from 'zod';
import { makeRecords } from '../../../../apps/sandbox/src/crm/seed/index.js';
import { decoders } from './wire/index.js';

const document: unknown = parse(readFileSync(join(__dirname, '../../../../docs/crm-contract.yaml'), 'utf8'));
const described = z.object({
  components: z.object({
    schemas: z.record(z.string(), z.looseObject({ examples: z.array(z.unknown()).optional() })),
  }),
});
const { schemas } = described.parse(document).components;
const NAMES: Record<Entity, string> = {
  taxes: 'Tax',
  customers: 'Customer',
  vendors: 'Vendor',
  items: 'Item',
  invoices: 'Invoice',
  'credit-notes': 'CreditNote',
  'credit-applications': 'CreditApplication',
  payments: 'Payment',
  refunds: 'Refund',
  expenses: 'Expense',
  'purchase-orders': 'PurchaseOrder',
};

const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
ajv.addSchema({ $id: 'contract', ...(document as object) });

function problems(name: string, value: unknown): string[] {
  const validate = ajv.compile({ $ref: `contract#/components/schemas/${name}` });
  return validate(value)
    ? []
    : (validate.errors ?? []).map((error) => `${error.instancePath} ${error.message ?? ''}`);
}

const records = makeRecords({ size: 200, seed: 9, currencies: true }, new Date('2026-11-20T12:00:00Z'));

describe.each(ENTITIES)('%s', (entity) => {
  test('the sample CRM answers what the document describes', () => {
    expect(records[entity].flatMap((record) => problems(NAMES[entity], record))).toEqual([]);
  });

  test('the example of the document is read', () => {
    const examples = schemas[NAMES[entity]]?.examples ?? [];
    expect(examples).toHaveLength(1);
    expect(examples.flatMap((example) => problems(NAMES[entity], example))).toEqual([]);
    expect(decoders[entity]('1', examples[0])).toMatchObject({ state: 'found' });
  });

  test('whatever the adapter needs, the document requires', () => {
    const [record] = records[entity];
    for (const field of Object.keys(record ?? {})) {
      const { [field]: _, ...rest } = Object(record) as Record<string, unknown>;
      const read = decoders[entity]('1', rest).state;
      if (problems(NAMES[entity], rest).length === 0) expect([field, read]).toEqual([field, 'found']);
    }
  });
});
