import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { createSampleCrm, SAMPLE_CRM_KEY, type SampleCrm } from '../index.js';

type Fields = Record<string, unknown>;

const clock = { now: () => new Date('2026-11-20T15:00:00Z') };
let crm: SampleCrm;
let server: Server;

async function open(dataDir?: string): Promise<void> {
  crm = createSampleCrm({ clock, dataDir });
  if (crm.isEmpty()) crm.seed({ size: 50, seed: 1 });
  server = createServer(express().use('/crm', crm.router)).listen(0, '127.0.0.1');
  await once(server, 'listening');
}

function close(): void {
  server.closeAllConnections();
  server.close();
  crm.close();
}

beforeEach(() => open());
afterEach(close);

async function call(method: string, path: string, body?: unknown): Promise<{ status: number; body: Fields }> {
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/crm/v1/${path}`, {
    method,
    headers: { authorization: `Bearer ${SAMPLE_CRM_KEY}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return { status: response.status, body: Object(await response.json()) };
}

async function read(entity: string, id: unknown): Promise<Fields> {
  const { body } = await call('GET', `${entity}?ids=${String(id)}`);
  return Object((body['records'] as Fields[])[0]);
}

/** Writes one record. */
async function write(entity: string, one: { key: string; id?: string; record: Fields; was?: Fields }) {
  const { body } = await call('POST', entity, { writes: [{ id: null, was: null, ...one }] });
  const [result = {}] = body['results'] as Fields[];
  return { ...result, state: result['state'], key: one.key, record: Object(result['record']) as Fields };
}

async function count(entity: string): Promise<number> {
  const { body } = await call('GET', `${entity}/changes?limit=1000`);
  return (body['changes'] as Fields[]).filter(({ deleted }) => deleted !== true).length;
}

const VAT = { name: 'VAT', rate: '20' };
const customer: Fields = { company: 'Twice & Once Ltd', contact: null, active: true };
const line = { itemId: null, description: 'Work', quantity: '3', price: '9.99', taxes: [VAT] };
const invoice: Fields = {
  customerId: '1',
  date: '2026-11-20',
  dueDate: null,
  currency: 'USD',
  status: 'open',
  lines: [line],
  discount: null,
  adjustment: '0.01',
};

async function newInvoice(fields: Fields = {}): Promise<Fields> {
  return (await write('invoices', { key: `i${await count('invoices')}`, record: { ...invoice, ...fields } }))
    .record;
}

async function pay(invoiceId: unknown, fields: Fields = {}) {
  const record = { invoiceId, date: '2026-11-20', amount: '10', currency: 'USD', mode: '1', ...fields };
  return write('payments', { key: `p${await count('payments')}`, record });
}

describe('a new record', () => {
  test('written twice under one key is one record', async () => {
    const before = await count('customers');
    const first = await write('customers', { key: 'b1:1', record: customer });
    const second = await write('customers', { key: 'b1:1', record: { ...customer, company: 'Another' } });
    expect(first).toMatchObject({ key: 'b1:1', state: 'written', record: { company: 'Twice & Once Ltd' } });
    expect(second).toEqual(first);
    expect(await count('customers')).toBe(before + 1);
  });

  test('under another key, or of another entity, is another record', async () => {
    const first = await write('customers', { key: 'b1:1', record: customer });
    const second = await write('customers', { key: 'b1:2', record: customer });
    const vendor = await write('vendors', { key: 'b1:1', record: customer });
    expect(second.record['id']).not.toBe(first.record['id']);
    expect(await read('vendors', vendor.record['id'])).toEqual(vendor.record);
  });

  test('is not made anew once it was deleted', async () => {
    const { key, record } = await pay((await newInvoice())['id']);
    crm.act({ entity: 'payments', action: 'delete', id: record['id'] });
    const again = await write('payments', { key, record });
    expect(again).toMatchObject({ state: 'refused', code: 'deleted' });
  });

  test('gets its number, totals and stamps from the CRM, whatever is sent', async () => {
    const record = await newInvoice({ total: '1.00', totalTax: '9.00', paid: '5.00', createdAt: 'long ago' });
    expect(record).toMatchObject({
      number: 'INV-000052',
      subtotal: '29.97',
      totalTax: '5.99',
      total: '35.97',
      paid: '0.00',
      credited: '0.00',
      createdAt: '2026-11-20T15:00:00.000Z',
    });
  });

  test('of a tax that is there already is that tax', async () => {
    const before = await count('taxes');
    const { record } = await write('taxes', { key: 't1', record: VAT });
    expect([record['id'], await count('taxes')]).toEqual(['1', before]);
  });
});

describe('a change', () => {
  test('is written where the record is what it was; fields that are left out stay', async () => {
    const was = await read('customers', '1');
    const result = await write('customers', { key: 'c', id: '1', record: { phone: '+1 2' }, was });
    expect(result.state).toBe('written');
    expect(await read('customers', '1')).toEqual({
      ...was,
      phone: '+1 2',
      updatedAt: '2026-11-20T15:00:00.000Z',
    });
  });

  test('is not written where somebody changed the record meanwhile', async () => {
    const was = await read('customers', '1');
    crm.act({ entity: 'customers', action: 'edit', id: '1', fields: { phone: '+9' } });
    const result = await write('customers', { key: 'c', id: '1', record: { ...was, company: 'Mine' }, was });
    expect(result.state).toBe('changed');
    expect(await read('customers', '1')).toMatchObject({ phone: '+9', company: was['company'] });
  });

  test('that is sent twice is written once, and the second answer is the same', async () => {
    const was = await read('customers', '1');
    const change = { key: 'c', id: '1', record: { ...was, phone: '+1 2' }, was };
    const first = await write('customers', change);
    const { body } = await call('GET', 'customers/changes?limit=1000');
    expect(await write('customers', change)).toEqual(first);
    const since = await call('GET', `customers/changes?cursor=${String(body['cursor'])}`);
    expect(since.body['changes']).toEqual([]);
  });

  test('of a record that is gone is none', async () => {
    expect(await write('customers', { key: 'c', id: '999', record: customer, was: {} })).toMatchObject({
      state: 'changed',
    });
  });

  test('of lines recomputes the totals; of a reference leaves them, even where they miss a cent', async () => {
    const id = String((await newInvoice())['id']);
    crm.act({ entity: 'invoices', action: 'edit', id, fields: { total: '35.98' } });
    let was = await read('invoices', id);
    await write('invoices', { key: 'i', id, record: { reference: 'PO-1' }, was });
    expect(await read('invoices', id)).toMatchObject({ reference: 'PO-1', total: '35.98' });
    was = await read('invoices', id);
    await write('invoices', { key: 'i', id, record: { lines: [{ ...line, quantity: '1' }] }, was });
    expect(await read('invoices', id)).toMatchObject({ subtotal: '9.99', totalTax: '2.00', total: '12.00' });
  });

  test('drops a percent that does not come to the discount, and keeps one that does', async () => {
    const discount = { timing: 'before_tax', percent: '10', total: '3' };
    const kept = await newInvoice({ discount });
    expect(kept['discount']).toEqual({ timing: 'before_tax', percent: '10.00', total: '3.00' });
    const fixed = await newInvoice({ discount: { ...discount, total: '2' } });
    expect(fixed).toMatchObject({ discount: { percent: null, total: '2.00' }, totalTax: '5.59' });
  });

  test('of an open invoice into a cancelled one takes it out of the ledger', async () => {
    const was = await newInvoice();
    const before = crm.ledger().entities.invoices.count;
    const record = { status: 'cancelled' };
    await write('invoices', { key: 'x', id: String(was['id']), record, was });
    expect(crm.ledger().entities.invoices.count).toBe(before - 1);
  });
});

describe('money', () => {
  test('a payment is booked on its invoice, moved with it, and taken off again', async () => {
    const [first, second] = [await newInvoice(), await newInvoice({ number: 'INV-X' })];
    const { record } = await pay(first['id']);
    expect(await read('invoices', first['id'])).toMatchObject({ paid: '10.00' });
    const move = { key: 'm', id: String(record['id']), record: { invoiceId: second['id'] }, was: record };
    await write('payments', move);
    expect([
      (await read('invoices', first['id']))['paid'],
      (await read('invoices', second['id']))['paid'],
    ]).toEqual(['0.00', '10.00']);
    const was = await read('payments', record['id']);
    const path = `payments/${String(record['id'])}?key=m`;
    expect((await call('DELETE', path, { was })).body).toEqual({ key: 'm', state: 'removed' });
    expect((await call('DELETE', path, { was })).body).toEqual({ key: 'm', state: 'removed' });
    expect(await read('invoices', second['id'])).toMatchObject({ paid: '0.00' });
  });

  test('a payment that was changed meanwhile is not taken out', async () => {
    const was = await read('payments', '1');
    crm.act({ entity: 'payments', action: 'edit', id: '1' });
    expect((await call('DELETE', 'payments/1?key=m', { was })).body).toMatchObject({ state: 'changed' });
    expect(await read('payments', '1')).toMatchObject({ id: '1' });
  });

  test('a credit note is written, applied and paid back, no further than it goes', async () => {
    const target = await newInvoice();
    const record = {
      ...invoice,
      dueDate: undefined,
      lines: [{ ...line, taxes: [], quantity: '1', price: '20' }],
    };
    const { record: note } = await write('credit-notes', {
      key: 'n',
      record: { ...record, adjustment: '0' },
    });
    expect(note).toMatchObject({ number: 'CN-000004', total: '20.00', applied: '0.00', status: 'open' });
    const base = { creditNoteId: note['id'], date: '2026-11-20', currency: 'USD' };
    const application = { ...base, invoiceId: target['id'], amount: '15' };
    expect(await write('credit-applications', { key: 'a', record: application })).toMatchObject({
      state: 'written',
    });
    expect(await read('invoices', target['id'])).toMatchObject({ credited: '15.00' });
    const refund = { ...base, amount: '6', mode: '1' };
    expect(await write('refunds', { key: 'r', record: refund })).toMatchObject({
      state: 'refused',
      code: 'exceeds-credit',
      detail: '6.00 is more than the 5.00 left of the credit note.',
    });
    await write('refunds', { key: 'r', record: { ...refund, amount: '5' } });
    const used = await read('credit-notes', note['id']);
    expect(used).toMatchObject({ applied: '15.00', refunded: '5.00' });
    const voided = { key: 'n', id: String(note['id']), record: { status: 'void' }, was: used };
    expect(await write('credit-notes', voided)).toMatchObject({ state: 'refused', code: 'already-used' });
  });

  test('an expense and an order are totalled by the rules of the CRM', async () => {
    const common = { vendorId: '1', date: '2026-11-20', currency: 'USD' };
    const expense = { ...common, categoryId: '2', amount: '50', taxes: [VAT], total: '1' };
    expect((await write('expenses', { key: 'e', record: expense })).record).toMatchObject({
      categoryName: 'Travel',
      total: '60.00',
      mode: null,
    });
    const lines = [{ ...line, quantity: '2', price: '60', discount: '20' }];
    const order = { ...common, lines, discount: { total: '10' }, shippingFee: '5' };
    expect((await write('purchase-orders', { key: 'o', record: order })).record).toMatchObject({
      number: 'PO-00005',
      status: 'open',
      subtotal: '100.00',
      totalTax: '18.00',
      total: '113.00',
    });
  });
});

describe('what the CRM forbids is refused, and the rest of the batch is written', () => {
  test.each<[what: string, entity: string, record: Fields, code: string]>([
    ['a customer without a name', 'customers', { company: ' ', contact: null }, 'name-missing'],
    ['an invoice of nobody', 'invoices', { ...invoice, customerId: '999' }, 'unknown-parent'],
    ['an invoice whose number is taken', 'invoices', { ...invoice, number: 'INV-000001' }, 'number-taken'],
    ['an invoice below zero', 'invoices', { ...invoice, adjustment: '-99' }, 'negative-total'],
    ['an unknown currency', 'invoices', { ...invoice, currency: 'ISK' }, 'unknown-currency'],
    ['a number instead of text', 'invoices', { ...invoice, adjustment: 5 }, 'invalid-field'],
    ['a field that is missing', 'invoices', { ...invoice, date: undefined }, 'invalid-field'],
    ['an item whose code is taken', 'items', { name: 'X', price: '1', code: 'WEMA-0001' }, 'code-taken'],
    ['a payment of nothing', 'payments', { amount: '0' }, 'amount-not-positive'],
    ['a payment by an unknown mode', 'payments', { mode: 'barter' }, 'unknown-mode'],
    ['a payment in another currency', 'payments', { currency: 'EUR' }, 'other-currency'],
    ['an expense of an unknown category', 'expenses', { categoryId: '99', amount: '1' }, 'unknown-category'],
  ])('%s', async (_, entity, record, code) => {
    const open = await newInvoice();
    const base = { invoiceId: open['id'], date: '2026-11-20', amount: '1', currency: 'USD', mode: '1' };
    const bad = {
      key: 'bad',
      id: null,
      record: { ...(entity === 'items' ? {} : base), ...record },
      was: null,
    };
    if (entity === 'invoices') bad.record = record as typeof bad.record;
    const good = { ...bad, key: 'good', record: { ...GOOD[entity], ...(entity === 'payments' ? base : {}) } };
    const { body } = await call('POST', entity, { writes: [bad, good] });
    expect(body['results']).toMatchObject([
      { key: 'bad', state: 'refused', code, detail: expect.stringMatching(/\.$/) },
      { key: 'good', state: 'written' },
    ]);
  });

  const GOOD: Record<string, Fields> = {
    customers: customer,
    invoices: invoice,
    items: { name: 'Broom', price: '4.5' },
    payments: {},
    expenses: { categoryId: '1', date: '2026-11-20', currency: 'USD', amount: '1' },
  };

  test('a payment of a cancelled invoice, an application to a stranger, a tax that changes', async () => {
    const cancelled = await newInvoice({ status: 'cancelled' });
    expect(await pay(cancelled['id'])).toMatchObject({ code: 'invoice-not-open' });
    const stranger = await newInvoice({ customerId: '2' });
    const { record: note } = await write('credit-notes', { key: 'n', record: { ...invoice } });
    const common = { date: '2026-11-20', amount: '1', currency: 'USD' };
    const application = { ...common, creditNoteId: note['id'], invoiceId: stranger['id'] };
    expect(await write('credit-applications', { key: 'a', record: application })).toMatchObject({
      code: 'other-customer',
    });
    const was = await read('taxes', '1');
    expect(await write('taxes', { key: 't', id: '1', record: { rate: '21' }, was })).toMatchObject({
      code: 'tax-fixed',
    });
  });
});

test.each<[what: string, method: string, path: string, body: unknown, status: number]>([
  ['half a JSON', 'POST', 'customers', '{"writes": [', 400],
  ['no writes', 'POST', 'customers', { writes: [] }, 400],
  [
    '51 writes',
    'POST',
    'customers',
    { writes: Array(51).fill({ key: 'k', id: null, record: {}, was: null }) },
    400,
  ],
  ['a write without a key', 'POST', 'customers', { writes: [{ id: null, record: {}, was: null }] }, 400],
  ['a body of 5 MB', 'POST', 'customers', { writes: 'x'.repeat(5_000_000) }, 413],
  ['an unknown entity', 'POST', 'ghosts', { writes: [] }, 404],
  ['taking out an invoice', 'DELETE', 'invoices/1?key=k', { was: {} }, 405],
  ['taking out without saying what it was', 'DELETE', 'payments/1?key=k', {}, 400],
  ['taking out without a key', 'DELETE', 'payments/1', { was: {} }, 400],
])('%s is answered with a problem document', async (_, method, path, body, status) => {
  const answer = await call(method, path, body);
  expect([answer.status, answer.body['status']]).toEqual([status, status]);
  expect(await read('payments', '1')).toMatchObject({ id: '1' });
});

test('without the key of the CRM nothing is written', async () => {
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://127.0.0.1:${port}/crm/v1/customers`, { method: 'POST', body: '{}' });
  expect(response.status).toBe(401);
});

test('an entry of a list is added once for a key, and expenses may be of it', async () => {
  const add = (name: string) => call('POST', 'reference/expense-categories', { key: 'o:a', name });
  expect(await add('Conferences')).toEqual({ status: 200, body: { id: '9' } });
  expect(await add('Renamed')).toEqual({ status: 200, body: { id: '9' } });
  const { body } = await call('GET', 'reference');
  expect((body['expenseCategories'] as Fields[]).slice(8)).toEqual([{ id: '9', name: 'Conferences' }]);
  const record = { categoryId: '9', date: '2026-11-20', currency: 'USD', amount: '5.00' };
  expect((await write('expenses', { key: 'e', record })).record).toMatchObject({
    categoryName: 'Conferences',
  });
});

test('an entry without a name is refused, and there is no other list', async () => {
  const add = (list: string, name: string) => call('POST', `reference/${list}`, { key: 'o:a', name });
  expect((await add('payment-modes', ' ')).status).toBe(422);
  expect((await add('currencies', 'EUR')).status).toBe(404);
});

describe('over a restart', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'sample-crm-writing-'));
  const file = join(dataDir, 'sample-crm.ndjson');
  afterAll(() => rmSync(dataDir, { recursive: true }));

  test('a record and its key are kept together, or lost together', async () => {
    close();
    await open(dataDir);
    const first = await newInvoice();
    const { record } = await pay(first['id']);
    const text = readFileSync(file, 'utf8');
    close();
    await open(dataDir);
    expect((await write('payments', { key: 'p35', record })).record).toEqual(record);
    close();
    writeFileSync(file, text.slice(0, -20));
    await open(dataDir);
    expect(await read('invoices', first['id'])).toMatchObject({ paid: '0.00' });
    expect(await pay(first['id'])).toMatchObject({ state: 'written' });
    expect(await read('invoices', first['id'])).toMatchObject({ paid: '10.00' });
  });

  test('an entry of a list and its key are kept', async () => {
    close();
    await open(dataDir);
    const addition = { key: 'o:b', name: 'Reserve Savings' };
    const { body } = await call('POST', 'reference/payment-modes', addition);
    close();
    await open(dataDir);
    expect((await call('POST', 'reference/payment-modes', addition)).body).toEqual(body);
  });
});
