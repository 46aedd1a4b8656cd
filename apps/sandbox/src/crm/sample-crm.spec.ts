import { once } from 'node:events';
import { mkdtempSync, appendFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { z } from 'zod';
import { addUp } from './amounts.js';
import { createSampleCrm, SAMPLE_CRM_KEY, type SampleCrm } from './index.js';
import { CRM_ENTITIES } from './records.js';
import { makeRecords } from './seed/index.js';

const NOW = new Date('2026-11-20T15:00:00Z');
const clock = { now: () => NOW };
const PAGE = z.object({
  changes: z.array(z.object({ id: z.string(), deleted: z.boolean().optional() })),
  cursor: z.string(),
  more: z.boolean(),
});
const ANSWER = z.object({
  records: z.array(z.looseObject({ id: z.string() })),
  missing: z.array(z.string()),
});

let crm: SampleCrm;
let server: Server;

beforeEach(async () => {
  crm = createSampleCrm({ clock });
  crm.seed({ size: 50, seed: 1 });
  server = createServer(express().use('/crm', crm.router)).listen(0, '127.0.0.1');
  await once(server, 'listening');
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
  crm.close();
});

async function get(path: string, key = SAMPLE_CRM_KEY): Promise<Response> {
  const { port } = server.address() as AddressInfo;
  const headers = { authorization: `Bearer ${key}` };
  return fetch(`http://127.0.0.1:${port}/crm/v1/${path}`, { headers, redirect: 'manual' });
}

async function page(path: string): Promise<z.infer<typeof PAGE>> {
  return PAGE.parse(await (await get(path)).json());
}

async function read(entity: string, id: string): Promise<Record<string, unknown>> {
  const { records } = ANSWER.parse(await (await get(`${entity}?ids=${id}`)).json());
  return records[0] ?? {};
}

test('a listing gives every record once over its pages, and afterwards what changed', async () => {
  const ids: string[] = [];
  let cursor = '';
  for (let more = true; more; ) {
    const next = await page(`invoices/changes?limit=7${cursor}`);
    ids.push(...next.changes.map(({ id }) => id));
    cursor = `&cursor=${next.cursor}`;
    more = next.more;
  }
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids).toHaveLength(53);
  expect((await page(`invoices/changes?x=1${cursor}`)).changes).toEqual([]);
  const [edited] = crm.act({ entity: 'invoices', action: 'edit', id: '9' }).ids;
  const [deleted] = crm.act({ entity: 'invoices', action: 'delete', id: '3' }).ids;
  expect((await page(`invoices/changes?x=1${cursor}`)).changes).toEqual([
    { id: edited },
    { id: deleted, deleted: true },
  ]);
});

test('a reading tells found from missing', async () => {
  const answer = ANSWER.parse(await (await get('customers?ids=1,nobody,2')).json());
  expect(answer.records.map(({ id }) => id)).toEqual(['1', '2']);
  expect(answer.missing).toEqual(['nobody']);
});

test.each([
  ['a wrong key', 'invoices/changes', 'wrong', 401],
  ['an unknown entity', 'ghosts/changes', SAMPLE_CRM_KEY, 404],
  ['a cursor that is none', 'invoices/changes?cursor=zzz', SAMPLE_CRM_KEY, 400],
  ['a limit that is none', 'invoices/changes?limit=many', SAMPLE_CRM_KEY, 400],
  ['no ids', 'invoices', SAMPLE_CRM_KEY, 400],
])('%s is answered with a problem document', async (_, path, key, status) => {
  const response = await get(path, key);
  expect([response.status, response.headers.get('content-type')]).toEqual([
    status,
    'application/problem+json; charset=utf-8',
  ]);
});

test('a cursor of other books has expired', async () => {
  const { cursor } = await page('items/changes');
  crm.seed({ size: 50, seed: 2 });
  expect((await get(`items/changes?cursor=${cursor}`)).status).toBe(410);
});

test('the ledger is the sum of the eligible records', () => {
  const { invoices, payments, 'credit-applications': credits } = makeRecords({ size: 50, seed: 1 }, NOW);
  const open = invoices.filter(({ status }) => status === 'open');
  const { entities } = crm.ledger();
  expect(entities.invoices).toMatchObject({
    count: 50,
    total: addUp(open.map(({ total }) => total)),
    tax: addUp(open.map(({ totalTax }) => totalTax)),
    paid: addUp(payments.map(({ amount }) => amount)),
  });
  const credited = addUp(credits.map(({ amount }) => amount));
  const settled = addUp([entities.invoices.paid, credited, entities.invoices.due]);
  expect([Number(credited) > 0, settled]).toEqual([true, entities.invoices.total]);
  expect(entities.payments).toMatchObject({ count: 35, total: entities.invoices.paid });
  expect([entities.customers.count, entities.items.count, entities.taxes.count]).toEqual([10, 6, 9]);
});

test('the ledger lists its documents when asked to', () => {
  const { invoices } = crm.ledger({ documents: true }).entities;
  expect(invoices.documents).toHaveLength(50);
  expect(addUp((invoices.documents ?? []).map(({ due }) => due))).toBe(invoices.due);
});

describe('acting as a person', () => {
  test('an edit of lines recomputes the amounts, unless the fields give them', async () => {
    const lines = [
      {
        itemId: null,
        description: 'Work',
        quantity: '3.00',
        price: '9.99',
        taxes: [{ name: 'VAT', rate: '20.00' }],
      },
    ];
    const given = { lines, discount: null, adjustment: '0.00' };
    crm.act({ entity: 'invoices', action: 'edit', id: '5', fields: given });
    expect(await read('invoices', '5')).toMatchObject({
      subtotal: '29.97',
      totalTax: '5.99',
      total: '35.96',
    });
    crm.act({ entity: 'invoices', action: 'edit', id: '5', fields: { ...given, total: '99.00' } });
    expect(await read('invoices', '5')).toMatchObject({ totalTax: '5.99', total: '99.00' });
  });

  test('a payment is booked on its invoice, and taken off when it is deleted', async () => {
    const [id] = crm.act({ entity: 'invoices', action: 'create' }).ids;
    const [payment] = crm.act({ action: 'pay', id, fields: { amount: '1.00' } }).ids;
    expect(await read('invoices', id ?? '')).toMatchObject({ paid: '1.00', status: 'open' });
    crm.act({ entity: 'payments', action: 'delete', id: payment });
    expect(await read('invoices', id ?? '')).toMatchObject({ paid: '0.00' });
  });

  test.each(CRM_ENTITIES)('%s can be made, edited and deleted', async (entity) => {
    const [id] = crm.act({ entity, action: 'create' }).ids;
    expect(await read(entity, id ?? '')).toMatchObject({ id });
    expect(crm.act({ entity, action: 'edit', id }).ids).toEqual([id]);
    expect(crm.act({ entity, action: 'delete', id }).ids).toEqual([id]);
    expect(await read(entity, id ?? '')).toEqual({});
  });

  test('a cancelled invoice is no longer due in Xero', () => {
    crm.act({ action: 'cancel' });
    expect(crm.ledger().entities.invoices.count).toBe(49);
  });

  test.each([
    ['an unknown action', { action: 'explode' }, 400],
    ['an unknown field', { entity: 'items', action: 'edit', fields: { colour: 'red' } }, 400],
    ['a record that is not there', { entity: 'items', action: 'edit', id: '999' }, 404],
    ['a customer with invoices', { entity: 'customers', action: 'delete', id: '1' }, 409],
  ])('%s is refused', (_, request, status) => {
    expect(() => crm.act(request)).toThrow(expect.objectContaining({ status }));
  });
});

describe('spoiling', () => {
  test.each([
    ['sum-mismatch', 'invoices'],
    ['tax-mismatch', 'invoices'],
    ['uncharged-line', 'invoices'],
    ['no-lines', 'invoices'],
    ['negative-total', 'invoices'],
    ['foreign-currency', 'invoices'],
    ['invalid-shape', 'invoices'],
    ['customer-without-name', 'customers'],
    ['item-code-too-long', 'items'],
    ['payment-above-due', 'payments'],
  ])('%s makes a record that must stay out of Xero', (kind, entity) => {
    const before = crm.ledger();
    const { ids } = crm.act({ action: 'corrupt', fields: { kind } });
    expect(ids).toHaveLength(1);
    expect(crm.ledger()).toEqual(before);
    expect(crm.act({ entity, action: 'edit', id: ids[0] }).ids).toEqual(ids);
  });

  test('an invoice stays spoilt when a payment is booked on it, and is mended by an edit', () => {
    const [id] = crm.act({ action: 'corrupt', fields: { kind: 'sum-mismatch' } }).ids;
    const before = crm.ledger();
    crm.act({ action: 'pay', id, fields: { amount: '1.00' } });
    expect(crm.ledger()).toEqual(before);
    crm.act({ entity: 'invoices', action: 'edit', id, fields: { adjustment: '0.00' } });
    expect(crm.ledger().entities.invoices.count).toBe(51);
  });

  test.each(['credited', 'new-tax'])('%s makes an invoice that goes through', (kind) => {
    crm.act({ action: 'corrupt', fields: { kind } });
    expect(crm.ledger().entities.invoices.count).toBe(51);
  });

  test.each([
    ['html', 200, '<!doctype html>'],
    ['half-json', 200, '{"changes": ['],
    ['error-500', 500, '{'],
    ['wrong-key', 401, '{'],
    ['wrong-shape', 200, '{"data"'],
    ['redirect', 302, 'Found'],
  ])('%s is answered as often as asked', async (mode, status, start) => {
    crm.act({ action: 'break', fields: { mode, times: 1 } });
    const broken = await get('items/changes');
    expect([broken.status, (await broken.text()).startsWith(start)]).toEqual([status, true]);
    expect((await get('items/changes')).status).toBe(200);
  });
});

describe('over a restart', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'sample-crm-'));
  afterAll(() => rmSync(dataDir, { recursive: true }));

  test('records, edits and cursors are kept, and a change that was half written is dropped', async () => {
    const first = createSampleCrm({ clock, dataDir });
    first.seed({ size: 20, seed: 4 });
    const [id] = first.act({ entity: 'invoices', action: 'create' }).ids;
    first.act({ entity: 'payments', action: 'delete' });
    const before = first.ledger({ documents: true });
    first.close();
    appendFileSync(join(dataDir, 'sample-crm.ndjson'), '{"entity":"items","id":"1","se');
    const second = createSampleCrm({ clock, dataDir });
    expect(second.ledger({ documents: true })).toEqual(before);
    expect(second.isEmpty()).toBe(false);
    second.act({ entity: 'invoices', action: 'edit', id });
    second.close();
    const third = createSampleCrm({ clock, dataDir });
    expect(third.ledger()).toEqual(second.ledger());
    third.close();
  });
});
