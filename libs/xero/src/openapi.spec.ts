import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type CanonicalRecord, ENTITIES, type Entity, type Json } from '@sync/domain';
import { NO_KEYS, type XeroRecord } from '@sync/engine';
import Ajv, { type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';
import { z } from 'zod';
import { encode } from './codecs/index.js';
import { encodeVoid } from './codecs/voids.js';
import { compose } from './compose.js';
import { ENDPOINTS } from './endpoints.js';
import { pathsByIds } from './reading.js';
import { REFERENCE_RESOURCES } from './read-reference.js';
import { DOCUMENT_SETTING_RESOURCES } from './read-document-settings.js';
import { someCreditNote, someExpense, someInvoice, someOrder } from './testing/documents.js';
import { describeWithFacts, FACTS_DIR } from './testing/facts.js';
import { someReferences } from './testing/references.js';

const SPEC = 'spec/xero_accounting.yaml';
const TAXES = [{ name: 'VAT', rate: '20' }];

const uuid = (end: string) => `3f2504e0-4f89-41d3-9a0c-0305e82c33${end}`;

const BOUGHT = someExpense({ reference: 'R-1', note: 'two', amount: '0.77', taxes: TAXES, total: '0.93' });

const taxTypes = new Map([
  ['none', 'NONE'],
  ['VAT|20', 'TAX001'],
]);

const references = someReferences({
  parents: new Map<Entity, ReadonlyMap<string, string>>([
    ['customers', new Map([['7', uuid('01')]])],
    ['vendors', new Map([['8', uuid('05')]])],
    ['invoices', new Map([['1', uuid('02')]])],
    ['credit-notes', new Map([['1', uuid('06')]])],
    ['bills', new Map([[BOUGHT.id, uuid('0a')]])],
    ['items', new Map([['3', 'ITEM-3']])],
  ]),
  taxTypes,
  purchaseTaxTypes: taxTypes,
  bankAccounts: new Map([['bank', uuid('03')]]),
  publicUrl: 'https://sync.example.com',
});

const address = {
  lines: ['1 High St', 'Floor 2'],
  city: 'York',
  region: null,
  postalCode: 'YO1',
  country: 'UK',
};

const customer: CanonicalRecord<'customers'> = {
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
};

const sold = {
  lines: [
    { description: 'Hours', quantity: '1.5', unitPrice: '10.0001', taxes: TAXES, itemId: '3' },
    { description: '', quantity: '3.33333', unitPrice: '9', taxes: [], itemId: null },
  ],
  discountTotal: '5',
  adjustment: '1',
  subtotal: '45',
};

const paid = { date: '2026-11-20', amount: '43.69', currency: 'USD' };

/** A record of each entity in which everything is said. */
const records: { [E in Entity]: CanonicalRecord<E> } = {
  taxes: { id: 'VAT|20', components: TAXES },
  customers: customer,
  items: { id: '3', code: null, name: 'Hour', description: 'An hour', unitPrice: '12.3456', taxes: TAXES },
  vendors: { ...customer, id: '8' },
  invoices: someInvoice({
    reference: 'PO 1',
    dueDate: null,
    ...sold,
    totalTax: '2.68',
    total: '43.69',
  }),
  'credit-notes': someCreditNote({ reference: 'RMA 1', ...sold, totalTax: '2.68', total: '43.69' }),
  'credit-applications': { id: '1', creditNoteId: '1', invoiceId: '1', ...paid },
  payments: { id: '1', invoiceId: '1', ...paid, modeId: 'bank', reference: 'ch_1' },
  refunds: { id: '1', creditNoteId: '1', ...paid, modeId: 'bank', reference: 'ch_2' },
  expenses: BOUGHT,
  bills: BOUGHT,
  'bill-payments': BOUGHT,
  'purchase-orders': someOrder({
    reference: 'Q-1',
    lines: sold.lines.map((line) => ({ ...line, discount: '1' })),
    discountTotal: '5',
    shippingFee: '1',
    subtotal: '43',
    totalTax: '2.47',
    total: '41.47',
  }),
};

const body = z.object({
  content: z.object({ 'application/json': z.object({ schema: z.object({ $ref: z.string() }) }) }),
});
/** A record of Xero that has what each entity needs to be voided. */
const held: XeroRecord = {
  xeroId: uuid('09'),
  keys: NO_KEYS,
  owned: {
    name: 'VAT 20%',
    components: TAXES,
    creditNoteXeroId: uuid('06'),
    bankAccountId: uuid('03'),
    lineAmountTypes: 'Inclusive',
    lines: [{ description: 'Fee', quantity: '1', unitAmount: '15', accountCode: '404', taxType: 'NONE' }],
  },
  derived: { status: 'approved' },
  updatedAt: null,
};

const operation = z.object({
  parameters: z.array(z.union([z.object({ name: z.string() }), z.object({ $ref: z.string() })])).optional(),
  requestBody: body.optional(),
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

/** What is described under this path, ids and all. */
function operationOf({ paths }: Description, method: string, pathname: string): z.infer<typeof operation> {
  const segments = pathname.split('/').length;
  const found = Object.keys(paths).filter(
    (path) =>
      path.split('/').length === segments &&
      new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[\\w-]+')}$`).test(pathname),
  );
  const path = found.find((one) => one === pathname) ?? found[0] ?? '';
  return operation.parse(paths[path]?.[method.toLowerCase()]);
}

function parameterNames(loaded: Description, method: string, pathname: string): string[] {
  return (operationOf(loaded, method, pathname).parameters ?? []).map((parameter) =>
    'name' in parameter
      ? parameter.name
      : (loaded.components.parameters[parameter.$ref.split('/').at(-1) ?? '']?.name ?? ''),
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
  let validate: (method: string, pathname: string, sent: string) => ValidateFunction['errors'];

  beforeAll(() => {
    loaded = loadDescription();
    const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
    ajv.addSchema(loaded, 'xero');
    validate = (method, pathname, sent) => {
      const schema = operationOf(loaded, method, pathname).requestBody?.content['application/json'].schema;
      if (schema === undefined) return sent === '' ? [] : [{ message: 'nothing may be sent' } as never];
      const check = ajv.compile({ $ref: `xero${schema.$ref}` });
      check(JSON.parse(sent));
      return check.errors ?? [];
    };
  });

  function expectDescribed(call: ReturnType<typeof compose>[number] | undefined): void {
    const { pathname, searchParams } = new URL(call?.path ?? '', 'http://xero');
    expect(validate(call?.method ?? '', pathname, call?.body ?? '')).toEqual([]);
    const names = parameterNames(loaded, call?.method ?? '', pathname);
    expect(names).toEqual(expect.arrayContaining([...searchParams.keys()]));
  }

  // Nobody can change a payment or an allocation in Xero.
  const fixed: readonly Entity[] = ['payments', 'refunds', 'credit-applications', 'bill-payments'];
  const writes: [Entity, 'create' | 'update'][] = [
    ...ENTITIES.map((entity): [Entity, 'create'] => [entity, 'create']),
    ...ENTITIES.filter((entity) => !fixed.includes(entity)).map((entity): [Entity, 'update'] => [
      entity,
      'update',
    ]),
  ];

  it.each(writes)('%s: the body, path and query of a %s', (entity, action) => {
    expectDescribed(compose({ entity, action, elements: [elementOf(entity, action)] })[0]);
  });

  it.each(ENTITIES)('%s: the body, path and query of what takes one out of the books', (entity) => {
    const result = encodeVoid(entity, held);
    expectDescribed(compose({ entity, action: 'void', elements: [result.ok ? result.element : null] })[0]);
  });

  it.each(ENTITIES)('%s: the query of a listing', (entity) => {
    const { resource, listQuery, paged } = ENDPOINTS[entity];
    const names = [...Object.keys(listQuery), ...(paged ? ['page', 'pageSize'] : [])];
    expect(parameterNames(loaded, 'GET', `/${resource}`)).toEqual(expect.arrayContaining(names));
  });

  it.each(ENTITIES)('%s: the path and query of a reading by ids', (entity) => {
    for (const path of pathsByIds(entity, [uuid('07'), uuid('08')])) {
      const { pathname, searchParams } = new URL(path, 'http://xero');
      expect(parameterNames(loaded, 'GET', pathname)).toEqual(
        expect.arrayContaining([...searchParams.keys()]),
      );
    }
  });

  it('every path of the reference data and of the settings of documents', () => {
    for (const path of Object.keys({ ...REFERENCE_RESOURCES, ...DOCUMENT_SETTING_RESOURCES }))
      expect(loaded.paths).toHaveProperty([`/${path}`, 'get']);
  });
});
