import { createHttpCrm, createPerfexCrm } from '@sync/crm';
import { type CanonicalRecord, ENTITIES, type Entity, recordSchemas } from '@sync/domain';
import type { EntityDefinition, References, XeroPort } from '@sync/engine';
import { queueCatalogue, queueNames } from '@sync/queue';
import { createXero } from '@sync/xero';
import { definitions } from './index.js';

/** A record of each entity that nothing speaks against; the compiler asks for one of a new entity. */
const RECORDS: { [E in Entity]: CanonicalRecord<E> } = {
  taxes: { id: 'VAT|20', components: [{ name: 'VAT', rate: '20' }] },
  customers: {
    id: '1',
    name: 'Acme',
    firstName: null,
    lastName: null,
    email: null,
    phone: null,
    taxNumber: null,
    currency: null,
    billingAddress: null,
    streetAddress: null,
    people: [],
    active: true,
  },
  items: { id: '1', code: 'A', name: 'A', description: null, unitPrice: '1.00', taxes: [] },
  invoices: {
    id: '1',
    number: 'INV-1',
    reference: null,
    customerId: '1',
    date: '2026-05-04',
    dueDate: '2026-06-04',
    currency: 'USD',
    status: 'open',
    lines: [{ description: 'Work', quantity: '1', unitPrice: '100.00', taxes: [], itemId: null }],
    discountTiming: 'before-tax',
    discountTotal: '0',
    adjustment: '0',
    subtotal: '100.00',
    totalTax: '0',
    total: '100.00',
    paid: '0',
    credited: '0',
  },
  payments: {
    id: '1',
    invoiceId: '1',
    date: '2026-05-10',
    amount: '50.00',
    currency: 'USD',
    modeId: '1',
    reference: null,
  },
};

const REFERENCES: References = {
  parents: new Map<Entity, ReadonlyMap<string, string>>([
    ['customers', new Map([['1', 'contact-1']])],
    ['invoices', new Map([['1', 'invoice-1']])],
  ]),
  taxTypes: new Map([['none', 'NONE']]),
  accounts: { sales: '200', rounding: '860' },
  bankAccounts: new Map([['1', 'bank-1']]),
  publicUrl: null,
  baseCurrency: 'USD',
  allowedCents: 5,
  invoiceStatus: 'AUTHORISED',
};

const FACTS = { baseCurrency: 'USD', currencies: ['USD'], lockDate: null };

const unused = (): never => {
  throw new Error('nothing of this is needed to encode');
};

const xero: XeroPort = createXero({
  apiUrl: 'https://api.xero.example',
  callLog: {
    recent: unused,
    countSince: unused,
    started: unused,
    finished: unused,
    holdUntil: unused,
    heldUntil: unused,
  },
  tokens: { accessToken: unused, renew: unused },
  clock: { now: () => new Date(), sleep: unused },
});

describe.each(ENTITIES)('the entity %s is complete:', (entity) => {
  const record: CanonicalRecord = RECORDS[entity];
  const definition = definitions[entity] as EntityDefinition;

  it('its record has a schema', () => {
    expect(recordSchemas[entity].parse(record)).toEqual(record);
  });

  it('its definition speaks for it and takes the record as it is', () => {
    expect(definition.entity).toBe(entity);
    expect(definition.codecVersion).toBeGreaterThanOrEqual(1);
    expect(definition.label(record)).toMatch(/\w/);
    expect(definition.exclusion(record)).toBeNull();
    expect(definition.check(record, FACTS)).toBeNull();
    expect(definition.warnings(record)).toEqual([]);
  });

  it('owns neither its id, nor what Xero derives', () => {
    const owned = Object.keys(definition.owned(record));
    expect(owned.length).toBeGreaterThan(0);
    for (const field of ['id', 'status', 'paid', 'credited', 'active']) expect(owned).not.toContain(field);
  });

  it('waits for parents only that drain before it', () => {
    const before = ENTITIES.slice(0, ENTITIES.indexOf(entity));
    for (const parent of definition.parents(record)) expect(before).toContain(parent.entity);
  });

  it('has a queue of its name, in the order in which entities drain', () => {
    expect(queueCatalogue).toHaveProperty(entity);
    expect(queueNames.filter((name) => ENTITIES.some((one) => one === name))).toEqual([...ENTITIES]);
  });

  it('has a codec in Xero, which takes its record', () => {
    const request = {
      action: 'create',
      marker: 'm',
      xeroId: null,
      changed: null,
      distinctName: false,
    } as const;
    expect(xero.encode({ ...request, entity, record, references: REFERENCES })).toMatchObject({ ok: true });
  });

  it('has an endpoint in Xero of its own: PUT creates, POST updates', () => {
    const call = (action: 'create' | 'update') => xero.compose({ entity, action, elements: [{ a: 1 }] })[0];
    expect(call('create')).toMatchObject({ method: 'PUT', indexes: [0] });
    expect(call('update')).toMatchObject({ method: 'POST', indexes: [0] });
    const others = ENTITIES.filter((other) => other !== entity);
    const paths = others.map(
      (other) => xero.compose({ entity: other, action: 'create', elements: [{}] })[0]?.path,
    );
    expect(paths).not.toContain(call('create')?.path);
    expect(xero.batchMax(entity)).toBeGreaterThanOrEqual(1);
  });

  it('is read from every CRM that we know', async () => {
    const fingerprints = { buckets: unused, records: unused, save: unused };
    const address = { host: '127.0.0.1', port: 1, user: 'u', password: 'p', database: 'd' };
    const perfex = createPerfexCrm({
      ...address,
      allowPrivateAddresses: true,
      fingerprints,
      clock: { now: () => new Date(), sleep: unused },
    });
    const http = createHttpCrm({ baseUrl: 'https://crm.example', apiKey: 'k', allowPrivateAddresses: false });
    for (const crm of [perfex, http]) {
      expect(crm.entities).toContain(entity);
      await crm.close();
    }
  });
});
