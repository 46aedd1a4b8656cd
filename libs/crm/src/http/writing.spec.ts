import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CanonicalRecord, CrmEntity } from '@sync/domain';
import type { CrmPort, CrmWrite } from '@sync/engine';
import express, { type RequestHandler } from 'express';
import { createSampleCrm, SAMPLE_CRM_KEY, type SampleCrm } from '../../../../apps/sandbox/src/crm/index.js';
import { createHttpCrm } from './index.js';

const { signal } = new AbortController();
let sample: SampleCrm;
let server: Server;
let crm: CrmPort;
/** Stands in front of the sample CRM. */
let front: RequestHandler;
const sent: { method: string; path: string; body: Record<string, unknown> }[] = [];

beforeEach(async () => {
  sent.length = 0;
  front = (_request, _response, next) => next();
  sample = createSampleCrm({ clock: { now: () => new Date('2026-11-20T15:00:00Z') } });
  sample.seed({ size: 100, seed: 1 });
  const app = express().use((request, response, next) => front(request, response, next));
  server = createServer(app.use('/crm', sample.router)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/crm`;
  crm = createHttpCrm({ baseUrl, apiKey: SAMPLE_CRM_KEY, allowPrivateAddresses: true });
});

afterEach(async () => {
  await crm.close();
  server.closeAllConnections();
  server.close();
  sample.close();
});

const CUSTOMER: CanonicalRecord<'customers'> = {
  id: '',
  name: 'Twice <b> & Once Ltd',
  firstName: 'Ann',
  lastName: null,
  email: null,
  phone: null,
  taxNumber: null,
  currency: null,
  billingAddress: null,
  streetAddress: { lines: ['1 High St', 'A'], city: 'Bath', region: null, postalCode: null, country: null },
  people: [],
  active: true,
};

async function record<E extends CrmEntity>(entity: E, id: string): Promise<CanonicalRecord<E>> {
  const [reading] = await crm.read(entity, [id], signal);
  if (reading?.state !== 'found') throw new Error(`${entity} ${id} is ${reading?.state}`);
  return reading.record;
}

async function count(entity: CrmEntity): Promise<number> {
  const { changes } = await crm.listChanges({ entity, depth: 'all', cursor: null, signal });
  return changes.filter(({ gone }) => gone !== true).length;
}

/** An update of a record with some fields. */
async function update<E extends CrmEntity>(
  entity: E,
  id: string,
  fields: Partial<CanonicalRecord<E>>,
): Promise<CrmWrite<E>> {
  const was = await record(entity, id);
  return { key: `${id}:1`, crmId: id, record: { ...was, ...fields }, was };
}

function payment(invoiceId: string, fields: Partial<CanonicalRecord<'payments'>> = {}): CrmWrite<'payments'> {
  const made = {
    id: '',
    invoiceId,
    date: '2026-11-19',
    amount: '1.50',
    currency: 'USD',
    modeId: '1',
    reference: null,
  };
  return { key: `p-${invoiceId}`, crmId: null, record: { ...made, ...fields }, was: null };
}

const newInvoice = (): string => sample.act({ entity: 'invoices', action: 'create' }).ids[0] ?? '';

describe('a new record', () => {
  const made = { key: 'b1:1', crmId: null, record: CUSTOMER, was: null };

  test('comes back as the CRM holds it, and is not made twice', async () => {
    const before = await count('customers');
    const [first] = await crm.write('customers', [made], signal);
    const [second] = await crm.write('customers', [made], signal);
    expect(first).toMatchObject({
      key: 'b1:1',
      state: 'written',
      reading: { state: 'found', birthMark: '2026-11-20T15:00:00.000Z', record: { ...CUSTOMER, id: '21' } },
    });
    expect(second).toEqual(first);
    expect(await count('customers')).toBe(before + 1);
  });

  test('of which the answer is lost is one record', async () => {
    const before = await count('customers');
    await crm.close();
    const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/crm`;
    crm = createHttpCrm({ baseUrl, apiKey: SAMPLE_CRM_KEY, allowPrivateAddresses: true });
    sample.act({ action: 'break', fields: { mode: 'lost-answer', times: 3 } });
    await expect(crm.write('customers', [made], signal)).rejects.toMatchObject({ kind: 'transient' });
    expect(await crm.write('customers', [made], signal)).toMatchObject([{ state: 'written' }]);
    expect(await count('customers')).toBe(before + 1);
  });

  test('is one for each key, also in one call', async () => {
    const before = await count('customers');
    const results = await crm.write('customers', [made, { ...made, key: 'b2:1' }], signal);
    expect(results.map(({ key, state }) => `${key} ${state}`)).toEqual(['b1:1 written', 'b2:1 written']);
    expect(await count('customers')).toBe(before + 2);
  });
});

describe('a change', () => {
  test('leaves to the letter what it does not change, and sends back what nobody knows', async () => {
    const [id = ''] = sample.act({
      entity: 'items',
      action: 'create',
      fields: { name: 'Tea &amp; co', description: '<p>Oak<br />wood</p>' },
    }).ids;
    front = withShelf;
    const write = await update('items', id, { unitPrice: '3.25' });
    expect(await crm.write('items', [write], signal)).toMatchObject([
      {
        state: 'written',
        reading: { record: { name: 'Tea & co', description: 'Oak\nwood', unitPrice: '3.25' } },
      },
    ]);
    const [order] = Object(sent.at(-1)?.body)['writes'] as { record: object; was: object }[];
    const same = { id, name: 'Tea &amp; co', description: '<p>Oak<br />wood</p>', shelf: 7 };
    expect(order).toMatchObject({ id, record: { ...same, price: '3.25' }, was: same });
  });

  test('of a record that somebody changed meanwhile is not written', async () => {
    const write = await update('customers', '1', { phone: '+1 2' });
    sample.act({ entity: 'customers', action: 'edit', id: '1', fields: { taxNumber: 'NEW' } });
    expect(await crm.write('customers', [write], signal)).toEqual([{ key: '1:1', state: 'changed' }]);
    expect(await record('customers', '1')).toMatchObject({ taxNumber: 'NEW' });
  });

  test('that was written before, but never heard of, is written', async () => {
    const write = await update('customers', '1', { phone: '+1 2' });
    const [first] = await crm.write('customers', [write], signal);
    expect(await crm.write('customers', [write], signal)).toEqual([first]);
  });

  test('of a record that was deleted is none', async () => {
    const write = await update('payments', '1', { reference: 'x' });
    sample.act({ entity: 'payments', action: 'delete', id: '1' });
    expect(await crm.write('payments', [write], signal)).toEqual([{ key: '1:1', state: 'changed' }]);
  });

  test('of a discount replaces its percent', async () => {
    const lines = [{ itemId: null, description: 'Work', quantity: '1', price: '100', taxes: [] }];
    const discount = { timing: 'before_tax', percent: '10.00', total: '10.00' };
    const fields = { lines, discount, adjustment: '0' };
    const [id = ''] = sample.act({ entity: 'invoices', action: 'create', fields }).ids;
    const write = await update('invoices', id, { discountTotal: '12.00' });
    expect(await crm.write('invoices', [write], signal)).toMatchObject([
      { state: 'written', reading: { record: { discountTotal: '12.00', total: '88.00' } } },
    ]);
  });

  test('of an invoice does not mind a payment that came meanwhile: it is not what was changed', async () => {
    const id = newInvoice();
    const write = await update('invoices', id, { reference: 'PO-9' });
    sample.act({ action: 'pay', id, fields: { amount: '1.00' } });
    expect(await crm.write('invoices', [write], signal)).toMatchObject([
      { state: 'written', reading: { record: { reference: 'PO-9', paid: '1.00' } } },
    ]);
  });

  test('into a draft, and out of it, is read back', async () => {
    const was = await record('invoices', newInvoice());
    const draft: CrmWrite<'invoices'> = {
      key: 'd',
      crmId: null,
      record: { ...was, number: null, status: 'draft' },
      was: null,
    };
    expect(await crm.write('invoices', [draft], signal)).toMatchObject([
      { state: 'written', reading: { record: { status: 'draft', number: null } } },
    ]);
  });
});

describe('payments', () => {
  test('one that is written pays its invoice; taken out, it does not', async () => {
    const id = newInvoice();
    const [result] = await crm.write('payments', [payment(id)], signal);
    if (result?.state !== 'written') throw new Error(JSON.stringify(result));
    expect(await record('invoices', id)).toMatchObject({ paid: '1.50' });
    const removal = { key: 'p', crmId: result.reading.id, was: result.reading.record };
    expect(await crm.remove('payments', [removal], signal)).toEqual([{ key: 'p', state: 'removed' }]);
    expect(await record('invoices', id)).toMatchObject({ paid: '0.00' });
    expect(await crm.remove('payments', [removal], signal)).toEqual([{ key: 'p', state: 'removed' }]);
  });

  test('one that somebody changed is not taken out', async () => {
    const was = await record('payments', '1');
    sample.act({ entity: 'payments', action: 'edit', id: '1', fields: { amount: '0.01' } });
    expect(await crm.remove('payments', [{ key: 'p', crmId: '1', was }], signal)).toEqual([
      { key: 'p', state: 'changed' },
    ]);
    expect(await record('payments', '1')).toMatchObject({ amount: '0.01' });
  });

  test('invoices are cancelled, not taken out', async () => {
    const id = newInvoice();
    const was = await record('invoices', id);
    expect(await crm.remove('invoices', [{ key: 'i', crmId: id, was }], signal)).toMatchObject([
      { state: 'refused', code: 'REFUSED_BY_CRM' },
    ]);
    expect(crm.removable).not.toContain('invoices');
    const cancelled = await update('invoices', id, { status: 'cancelled' });
    expect(await crm.write('invoices', [cancelled], signal)).toMatchObject([{ state: 'written' }]);
  });
});

describe('taxes', () => {
  const tax = (...names: string[]) => ({
    id: '',
    components: names.map((name) => ({ name, rate: '9' })),
  });

  test('a single one is made; it is known by its set, as those that are read', async () => {
    const write = { key: 't', crmId: null, record: tax('Eco'), was: null };
    expect(await crm.write('taxes', [write], signal)).toMatchObject([
      { state: 'written', reading: { id: '7', record: { id: 'Eco|9' } } },
    ]);
  });

  test('several together are no record, and none is changed', async () => {
    const set = { key: 't', crmId: null, record: tax('A', 'B'), was: null };
    const change = { key: 'u', crmId: '1', record: tax('A'), was: tax('B') };
    expect(await crm.write('taxes', [set, change], signal)).toMatchObject([
      { key: 't', state: 'refused', code: 'REFUSED_BY_CRM' },
      { key: 'u', state: 'refused', code: 'REFUSED_BY_CRM' },
    ]);
  });
});

describe('what the CRM does not take is refused, with its reason', () => {
  test('one record, and the rest of its batch is written', async () => {
    const writes = [payment('999'), payment(newInvoice())];
    expect(await crm.write('payments', writes, signal)).toMatchObject([
      {
        key: 'p-999',
        state: 'refused',
        code: 'REFUSED_BY_CRM',
        meta: { reason: 'There is no 999 among the invoices' },
      },
      { state: 'written' },
    ]);
  });

  test.each([
    [404, 'it takes none of these: POST /v1/payments answered 404 (Nothing of the kind)'],
    [405, 'it takes none of these: POST /v1/payments answered 405 (Nothing of the kind)'],
    [403, 'its key may not write: POST /v1/payments answered 403 (Nothing of the kind)'],
  ])('everything, of a CRM that answers %i: it is only read', async (status, reason) => {
    front = answering(status, { title: 'Nothing of the kind.' });
    expect(await crm.write('payments', [payment('1')], signal)).toEqual([
      { key: 'p-1', state: 'refused', code: 'REFUSED_BY_CRM', meta: { reason } },
    ]);
    expect(sent).toHaveLength(1);
    const was = await record('payments', '1');
    expect(await crm.remove('payments', [{ key: 'p', crmId: '1', was }], signal)).toMatchObject([
      { state: 'refused', code: 'REFUSED_BY_CRM' },
    ]);
  });

  test('what is at fault as a whole is sent one by one', async () => {
    front = (request, response, next) => {
      if (request.method !== 'POST') return next();
      express.json()(request, response, () => {
        if (JSON.stringify(request.body).includes('"999"'))
          response.status(422).json({ detail: 'Odd invoice.' });
        else next();
      });
    };
    const writes = [payment(newInvoice()), payment('999')];
    expect(await crm.write('payments', writes, signal)).toMatchObject([
      { state: 'written' },
      { state: 'refused', meta: { reason: 'POST /v1/payments answered 422 (Odd invoice)' } },
    ]);
  });

  test.each<[what: string, results: object[], reason: string]>([
    ['says nothing of it', [], 'its answer does not name this record'],
    ['gives no reason', [{ key: 'p-1', state: 'refused' }], 'it does not say why'],
    [
      'does not give the record',
      [{ key: 'p-1', state: 'written' }],
      'it was written, but what was answered cannot be read: invalid input: expected object, received undefined',
    ],
  ])('a CRM that %s', async (_, results, reason) => {
    front = answering(200, { results });
    expect(await crm.write('payments', [payment('1')], signal)).toMatchObject([
      { key: 'p-1', state: 'refused', meta: { reason } },
    ]);
  });
});

test.each([
  [503, 'transient', 'CRM_UNREACHABLE'],
  [500, 'transient', 'CRM_UNREACHABLE'],
  [401, 'auth', 'CRM_ACCESS_REFUSED'],
  [200, 'validation', 'CRM_ANSWER_UNREADABLE'],
])('an answer of %i that is none is an error of the connection', async (status, kind, code) => {
  front = answering(status, { hello: 'world' });
  await expect(crm.write('payments', [payment('1')], signal)).rejects.toMatchObject({ kind, code });
});

test('nothing is sent where nothing is to be written', async () => {
  front = answering(500, {});
  expect(await crm.write('payments', [], signal)).toEqual([]);
  expect(await crm.remove('payments', [], signal)).toEqual([]);
  expect(sent).toEqual([]);
});

/** Answers whatever changes something. */
function answering(status: number, body: object): RequestHandler {
  return (request, response, next) => {
    if (request.method === 'GET') return next();
    sent.push({ method: request.method, path: request.path, body: {} });
    response.status(status).json(body);
  };
}

/** Adds a field to items, as a CRM of its own mind has them, and notes what is sent. */
const withShelf: RequestHandler = (request, response, next) => {
  const send = response.json.bind(response);
  if (request.method === 'GET') {
    response.json = (body: { records?: object[] }) =>
      send({ ...body, records: body.records?.map((one) => ({ ...one, shelf: 7 })) });
    return next();
  }
  express.json()(request, response, () => {
    sent.push({ method: request.method, path: request.path, body: request.body });
    next();
  });
};

describe('an account of Xero becomes an entry of a list', () => {
  const addition = { kind: 'payment-mode', key: 'o:a', name: 'Reserve Savings' } as const;

  test('once for a key; it is among what there is to choose from', async () => {
    const first = await crm.addReference(addition, signal);
    expect(first).toEqual({ state: 'added', id: '4' });
    expect(await crm.addReference({ ...addition, name: 'Renamed' }, signal)).toEqual(first);
    const { paymentModes } = await crm.reference(signal);
    expect(paymentModes.at(-1)).toEqual({ id: '4', name: 'Reserve Savings', active: true });
    expect(paymentModes).toHaveLength(5);
  });

  test('and is refused where its name cannot be taken', async () => {
    expect(await crm.addReference({ ...addition, name: ' ' }, signal)).toMatchObject({
      state: 'refused',
      code: 'REFUSED_BY_CRM',
      meta: { reason: expect.stringContaining('POST /v1/reference/payment-modes answered 422') },
    });
  });

  test.each([403, 404, 405])('a CRM that answers %d takes none of its kind', async (status) => {
    front = (_request, response) => void response.status(status).json({ title: 'no' });
    expect(await crm.addReference(addition, signal)).toMatchObject({ state: 'not-taken' });
  });

  test('and is asked for again where no answer came', async () => {
    front = (_request, response) => void response.status(503).end();
    await expect(crm.addReference(addition, signal)).rejects.toMatchObject({ kind: 'transient' });
  });
});
