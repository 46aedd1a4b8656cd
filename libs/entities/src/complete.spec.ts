import { createHttpCrm, createPerfexCrm } from '@sync/crm';
import {
  type CanonicalRecord,
  crmEntityOf,
  type Customer,
  ENTITIES,
  type Entity,
  type Json,
  recordSchemas,
} from '@sync/domain';
import type { EntityDefinition, References, XeroPort } from '@sync/engine';
import { queueCatalogue, queueNames } from '@sync/queue';
import { createXero } from '@sync/xero';
import { definitions } from './index.js';

const ACME: Customer = {
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
};
const LINE = { description: 'Work', quantity: '1', unitPrice: '100.00', taxes: [], itemId: null };
const AMOUNTS = { discountTotal: '0', subtotal: '100.00', totalTax: '0', total: '100.00' };
const ON_ACCOUNT = { date: '2026-05-10', amount: '50.00', currency: 'USD' };

const BOUGHT = {
  id: '1',
  name: 'Train to Leeds',
  note: null,
  reference: null,
  categoryId: '1',
  categoryName: 'Travel',
  vendorId: '1',
  ...ON_ACCOUNT,
  taxes: [],
  total: '50.00',
  modeId: '1',
};

/** A record of each entity that nothing speaks against; the compiler asks for one of a new entity. */
const RECORDS: { [E in Entity]: CanonicalRecord<E> } = {
  taxes: { id: 'VAT|20', components: [{ name: 'VAT', rate: '20' }] },
  customers: ACME,
  vendors: ACME,
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
    lines: [LINE],
    discountTiming: 'before-tax',
    adjustment: '0',
    ...AMOUNTS,
    paid: '0',
    credited: '0',
  },
  'credit-notes': {
    id: '1',
    number: 'CN-1',
    reference: null,
    customerId: '1',
    date: '2026-05-04',
    currency: 'USD',
    status: 'open',
    lines: [LINE],
    discountTiming: 'before-tax',
    adjustment: '0',
    ...AMOUNTS,
    applied: '0',
    refunded: '0',
  },
  'credit-applications': { id: '1', creditNoteId: '1', invoiceId: '1', ...ON_ACCOUNT },
  payments: { id: '1', invoiceId: '1', modeId: '1', reference: null, ...ON_ACCOUNT },
  refunds: { id: '1', creditNoteId: '1', modeId: '1', reference: null, ...ON_ACCOUNT },
  expenses: BOUGHT,
  bills: BOUGHT,
  'bill-payments': BOUGHT,
  'purchase-orders': {
    id: '1',
    number: '#PO-00001',
    reference: null,
    vendorId: '1',
    date: '2026-05-04',
    deliveryDate: null,
    currency: 'USD',
    status: 'approved',
    lines: [{ ...LINE, discount: '0' }],
    shippingFee: '0',
    ...AMOUNTS,
  },
};

/** What is decided by people in the CRM is owned, although it is called a status. */
const OWN_STATUS: readonly Entity[] = ['purchase-orders'];

const REFERENCES: References = {
  parents: new Map<Entity, ReadonlyMap<string, string>>([
    ['customers', new Map([['1', 'contact-1']])],
    ['vendors', new Map([['1', 'contact-2']])],
    ['invoices', new Map([['1', 'invoice-1']])],
    ['credit-notes', new Map([['1', 'note-1']])],
    ['bills', new Map([['1', 'bill-1']])],
  ]),
  taxTypes: new Map([['none', 'NONE']]),
  purchaseTaxTypes: new Map([['none', 'NONE']]),
  accounts: { sales: '200', rounding: '860', expenses: '429' },
  expenseAccounts: new Map([['1', '493']]),
  bankAccounts: new Map([['1', 'bank-1']]),
  accountCurrencies: new Map([['bank-1', 'USD']]),
  publicUrl: null,
  baseCurrency: 'USD',
  allowedCents: 5,
  invoiceStatus: 'AUTHORISED',
};

const FACTS = { baseCurrency: 'USD', currencies: ['USD'], lockDate: null, toXero: ENTITIES };

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

function elementOf(entity: Entity, action: 'create' | 'update'): Json {
  const xeroId = action === 'update' ? 'x-1' : null;
  const as = { marker: 'm', xeroId, changed: null, distinctName: false };
  const encoded = xero.encode({ entity, action, record: RECORDS[entity], references: REFERENCES, ...as });
  if (!encoded.ok) throw new Error(`${entity} cannot be encoded: ${encoded.code}`);
  return encoded.element;
}

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
    expect(definition.warnings(record, FACTS)).toEqual([]);
  });

  it('owns neither its id, nor what Xero derives', () => {
    const owned = Object.keys(definition.owned(record));
    expect(owned.length).toBeGreaterThan(0);
    const derived = ['id', 'paid', 'credited', 'applied', 'refunded', 'active'];
    for (const field of derived) expect(owned).not.toContain(field);
    expect(owned.includes('status')).toBe(OWN_STATUS.includes(entity));
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
    expect(elementOf(entity, 'create')).toBeDefined();
  });

  it('has an endpoint in Xero, shared only with what is listed with it: PUT creates, POST updates', () => {
    const element = elementOf(entity, 'create');
    const [created] = xero.compose({ entity, action: 'create', elements: [element] });
    expect(created).toMatchObject({ method: 'PUT', indexes: [0] });
    const others = ENTITIES.filter((other) => !xero.listedWith(entity).includes(other));
    const paths = others.map(
      (other) =>
        xero.compose({ entity: other, action: 'create', elements: [elementOf(other, 'create')] })[0]?.path,
    );
    expect(paths).not.toContain(created?.path);
    expect(xero.batchMax(entity)).toBeGreaterThanOrEqual(1);
    if (definition.editForbidden !== null) return;
    const [updated] = xero.compose({ entity, action: 'update', elements: [elementOf(entity, 'update')] });
    expect(updated).toMatchObject({ method: 'POST', indexes: [0] });
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
      expect(crm.entities).toContain(crmEntityOf(entity));
      await crm.close();
    }
  });
});
