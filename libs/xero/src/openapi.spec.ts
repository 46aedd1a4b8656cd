import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type CanonicalRecord, ENTITIES, type Entity, type Json } from '@sync/domain';
import type { References } from '@sync/engine';
import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { z } from 'zod';
import { encode } from './codecs/index.js';
import { compose } from './compose.js';
import { ENDPOINTS } from './endpoints.js';
import { REFERENCE_RESOURCES } from './read-reference.js';
import { describeWithFacts, FACTS_DIR } from './testing/facts.js';

const SPEC = 'spec/xero_accounting.yaml';
const TAXES = [{ name: 'VAT', rate: '20' }];

const references: References = {
  parents: new Map<Entity, ReadonlyMap<string, string>>([
    ['customers', new Map([['7', '3f2504e0-4f89-41d3-9a0c-0305e82c3301']])],
    ['invoices', new Map([['1', '3f2504e0-4f89-41d3-9a0c-0305e82c3302']])],
    ['items', new Map([['3', 'ITEM-3']])],
  ]),
  taxTypes: new Map([
    ['none', 'NONE'],
    ['VAT|20', 'TAX001'],
  ]),
  accounts: { sales: '200', rounding: '860' },
  bankAccounts: new Map([['1', '3f2504e0-4f89-41d3-9a0c-0305e82c3303']]),
  publicUrl: 'https://sync.example.com',
  baseCurrency: 'USD',
  allowedCents: 5,
  invoiceStatus: 'AUTHORISED',
};

const address = {
  lines: ['1 High St', 'Floor 2'],
  city: 'York',
  region: null,
  postalCode: 'YO1',
  country: 'UK',
};

/** A record of each entity in which everything is said. */
const records: { [E in Entity]: CanonicalRecord<E> } = {
  taxes: { id: 'VAT|20', components: TAXES },
  customers: {
    id: '7',
    name: 'Acme',
    firstName: 'Ada',
    lastName: 'Byron',
    email: 'ada@example.com',
    phone: '1',
    taxNumber: 'GB1',
    currency: 'EUR',
    billingAddress: address,
    streetAddress: address,
    people: [{ firstName: 'Bo', lastName: 'Li', email: 'bo@example.com' }],
    active: true,
  },
  items: { id: '3', code: null, name: 'Hour', description: 'An hour', unitPrice: '12.3456', taxes: TAXES },
  invoices: {
    id: '1',
    number: 'INV-1',
    reference: 'PO 1',
    customerId: '7',
    date: '2026-11-20',
    dueDate: null,
    currency: 'USD',
    status: 'open',
    lines: [
      { description: 'Hours', quantity: '1.5', unitPrice: '10.0001', taxes: TAXES, itemId: '3' },
      { description: '', quantity: '3.33333', unitPrice: '9', taxes: [], itemId: null },
    ],
    discountTiming: 'before-tax',
    discountTotal: '5',
    adjustment: '1',
    subtotal: '45',
    totalTax: '2.68',
    total: '43.69',
    paid: '0',
    credited: '0',
  },
  payments: {
    id: '1',
    invoiceId: '1',
    date: '2026-11-20',
    amount: '43.69',
    currency: 'USD',
    modeId: '1',
    reference: 'ch_1',
  },
};

const operation = z.object({
  parameters: z.array(z.union([z.object({ name: z.string() }), z.object({ $ref: z.string() })])).optional(),
});
const description = z.looseObject({
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
  components: z.looseObject({
    parameters: z.record(z.string(), z.object({ name: z.string() })),
    schemas: z.record(z.string(), z.record(z.string(), z.unknown())),
  }),
});
type Description = z.infer<typeof description>;

/** The description as one JSON schema; its objects know no fields but those that it names, so that typos are found. */
function loadDescription(): Description {
  const loaded = description.parse(parse(readFileSync(resolve(FACTS_DIR, SPEC), 'utf8')));
  for (const schema of Object.values(loaded.components.schemas)) {
    if (schema['properties'] !== undefined) schema['additionalProperties'] = false;
  }
  return loaded;
}

function parameterNames({ paths, components }: Description, method: string, path: string): string[] {
  const found = operation.parse(paths[path]?.[method.toLowerCase()]);
  return (found.parameters ?? []).map((parameter) =>
    'name' in parameter
      ? parameter.name
      : (components.parameters[parameter.$ref.split('/').at(-1) ?? '']?.name ?? ''),
  );
}

function elementOf<E extends Entity>(entity: E, action: 'create' | 'update'): Json {
  const result = encode<E>({
    entity,
    action,
    record: records[entity],
    marker: '0198a2b4-7c11-7d3e-9b1a-0a1b2c3d4e5f',
    xeroId: '3f2504e0-4f89-41d3-9a0c-0305e82c3304',
    changed: null,
    distinctName: false,
    references,
  });
  if (!result.ok) throw new Error(`parked with ${result.code} ${JSON.stringify(result.meta)}`);
  return result.element;
}

describeWithFacts(SPEC, "what is sent, held against Xero's published description", () => {
  let loaded: Description;
  let validator: (resource: string) => ValidateFunction;

  beforeAll(() => {
    loaded = loadDescription();
    const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
    ajv.addSchema(loaded, 'xero');
    validator = (resource) => ajv.compile({ $ref: `xero#/components/schemas/${resource}` });
  });

  // Nobody can change a payment in Xero.
  const writes: [Entity, 'create' | 'update'][] = [
    ...ENTITIES.map((entity): [Entity, 'create'] => [entity, 'create']),
    ...ENTITIES.filter((entity) => entity !== 'payments').map((entity): [Entity, 'update'] => [
      entity,
      'update',
    ]),
  ];

  it.each(writes)('%s: the body, path and query of a %s', (entity, action) => {
    const [call] = compose({ entity, action, elements: [elementOf(entity, action)] });
    const { resource } = ENDPOINTS[entity];
    const validate = validator(resource);
    validate(JSON.parse(call?.body ?? ''));
    expect(validate.errors ?? []).toEqual([]);
    const { pathname, searchParams } = new URL(call?.path ?? '', 'http://xero');
    expect(parameterNames(loaded, call?.method ?? '', pathname)).toEqual(
      expect.arrayContaining([...searchParams.keys()]),
    );
  });

  it.each(Object.values(ENDPOINTS))('$resource: the query of a listing', ({ resource, listQuery, paged }) => {
    const names = [...Object.keys(listQuery), ...(paged ? ['page', 'pageSize'] : [])];
    expect(parameterNames(loaded, 'GET', `/${resource}`)).toEqual(expect.arrayContaining(names));
  });

  it('every path of the reference data', () => {
    for (const path of Object.keys(REFERENCE_RESOURCES))
      expect(loaded.paths).toHaveProperty([`/${path}`, 'get']);
  });
});
