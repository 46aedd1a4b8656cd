import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CRM_ENTITIES, type CrmEntity, type SyncError } from '@sync/domain';
import type { CrmPort } from '@sync/engine';
import express from 'express';
import { createSampleCrm, SAMPLE_CRM_KEY, type SampleCrm } from '../../../../apps/sandbox/src/crm/index.js';
import { createHttpCrm } from './index.js';

const { signal } = new AbortController();
let sample: SampleCrm;
let server: Server;
let crm: CrmPort;

beforeEach(async () => {
  sample = createSampleCrm({ clock: { now: () => new Date('2026-11-20T15:00:00Z') } });
  sample.seed({ size: 300, seed: 1 });
  server = createServer(express().use('/crm', sample.router)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  crm = connect();
});

afterEach(async () => {
  await crm.close();
  server.closeAllConnections();
  server.close();
  sample.close();
});

function baseUrl(): string {
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/crm`;
}

function connect(options: { apiKey?: string; timeoutMs?: number } = {}): CrmPort {
  return createHttpCrm({
    baseUrl: baseUrl(),
    apiKey: SAMPLE_CRM_KEY,
    allowPrivateAddresses: true,
    ...options,
  });
}

async function listAll(entity: CrmEntity): Promise<string[]> {
  const ids: string[] = [];
  for (let cursor: string | null = null, last = false; !last; ) {
    const page = await crm.listChanges({ entity, depth: 'all', cursor, signal });
    ids.push(...page.changes.map(({ recordId }) => recordId));
    ({ cursor, last } = page);
  }
  return ids;
}

async function failure(work: Promise<unknown>): Promise<Pick<SyncError, 'kind' | 'code' | 'meta'>> {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  const { kind, code, meta } = error as SyncError;
  return { kind, code, meta };
}

test('everything that the CRM holds is listed and read, and drafts are excluded', async () => {
  const states: Record<string, number> = {};
  for (const entity of CRM_ENTITIES) {
    const ids = await listAll(entity);
    for (let from = 0; from < ids.length; from += 200) {
      for (const reading of await crm.read(entity, ids.slice(from, from + 200), signal)) {
        const key = `${entity} ${reading.state}`;
        states[key] = (states[key] ?? 0) + 1;
      }
    }
  }
  expect(states).toEqual({
    'taxes found': 6,
    'customers found': 60,
    'items found': 12,
    'invoices found': 306,
    'invoices excluded': 9,
    'payments found': 210,
    'vendors found': 6,
    'credit-notes found': 5,
    'credit-applications found': 4,
    'refunds found': 1,
    'expenses found': 18,
    'purchase-orders found': 8,
  });
});

test('a listing that goes on from its cursor reports edits and deletions only', async () => {
  const first = await crm.listChanges({ entity: 'payments', depth: 'changed', cursor: null, signal });
  expect(first).toMatchObject({ last: true });
  const [gone] = sample.act({ entity: 'payments', action: 'delete', id: '7' }).ids;
  const [edited] = sample.act({ entity: 'payments', action: 'edit', id: '8' }).ids;
  const next = await crm.listChanges({ entity: 'payments', depth: 'changed', cursor: first.cursor, signal });
  expect(next.changes).toEqual([{ recordId: gone, gone: true }, { recordId: edited }]);
  expect(await crm.read('payments', ['7'], signal)).toEqual([{ id: '7', state: 'missing' }]);
});

test('a cursor that the CRM has forgotten begins anew', async () => {
  const { cursor } = await crm.listChanges({ entity: 'items', depth: 'changed', cursor: null, signal });
  sample.seed({ size: 300, seed: 2 });
  const page = await crm.listChanges({ entity: 'items', depth: 'changed', cursor, signal });
  expect(page.changes).toHaveLength(12);
});

test('a tax row is read as the set that it stands for, and a set from its own key', async () => {
  const readings = await crm.read('taxes', ['1', 'VAT|20+Tourism%20Levy|3', '999'], signal);
  expect(readings).toHaveLength(3);
  expect(readings).toEqual(
    expect.arrayContaining([
      expect.objectContaining({
        id: '1',
        record: { id: 'VAT|20', components: [{ name: 'VAT', rate: '20' }] },
      }),
      expect.objectContaining({ id: 'VAT|20+Tourism%20Levy|3', state: 'found', birthMark: null }),
      { id: '999', state: 'missing' },
    ]),
  );
});

test('an id that no record can have is missing, and disturbs no other', async () => {
  const readings = await crm.read('items', ['1,2', 'a/b', '', '3'], signal);
  expect(readings.map(({ id, state }) => `${id} ${state}`)).toEqual([
    '1,2 missing',
    'a/b missing',
    ' missing',
    '3 found',
  ]);
});

test('the reference names the base currency and every payment mode', async () => {
  await crm.check(signal);
  const { baseCurrency, paymentModes, expenseCategories } = await crm.reference(signal);
  expect([baseCurrency, paymentModes.map(({ id }) => id)]).toEqual(['USD', ['1', '2', '3', 'stripe']]);
  expect(expenseCategories).toContainEqual({ id: '2', name: 'Travel' });
});

describe('a CRM without vendors, expenses and the like', () => {
  const FIRST = ['reference', 'taxes', 'customers', 'items', 'invoices', 'payments'];
  let lean: CrmPort;
  let leanServer: Server;

  beforeEach(async () => {
    const app = express().use((request, response, next) => {
      const name = /v1\/([a-z-]+)/.exec(request.url)?.[1] ?? '';
      if (FIRST.includes(name)) next();
      else response.status(404).end();
    });
    leanServer = createServer(app.use('/crm', sample.router)).listen(0, '127.0.0.1');
    await once(leanServer, 'listening');
    const baseUrl = `http://127.0.0.1:${(leanServer.address() as AddressInfo).port}/crm`;
    lean = createHttpCrm({ baseUrl, apiKey: SAMPLE_CRM_KEY, allowPrivateAddresses: true });
  });

  afterEach(async () => {
    await lean.close();
    leanServer.closeAllConnections();
    leanServer.close();
  });

  test('is one that can be connected, and has no changes of them', async () => {
    await lean.check(signal);
    const page = await lean.listChanges({ entity: 'vendors', depth: 'changed', cursor: null, signal });
    expect(page).toEqual({ changes: [], cursor: '', last: true });
  });

  test('is listed from the beginning once it has them', async () => {
    const { cursor } = await lean.listChanges({ entity: 'vendors', depth: 'changed', cursor: null, signal });
    expect(
      (await crm.listChanges({ entity: 'vendors', depth: 'changed', cursor, signal })).changes,
    ).toHaveLength(6);
  });

  test('has not deleted what somebody asks for', async () => {
    expect(await lean.read('vendors', ['1'], signal)).toEqual([
      { id: '1', state: 'invalid', reason: 'the CRM has no vendors: GET /v1/vendors answered 404' },
    ]);
  });
});

test('a record of wrong shape is invalid and says where, and the rest of its batch is read', async () => {
  const [id = ''] = sample.act({ action: 'corrupt', fields: { kind: 'invalid-shape' } }).ids;
  const [bad, good] = await crm.read('invoices', [id, '1'], signal);
  expect(bad).toEqual({ id, state: 'invalid', reason: '"date" must be a day written as YYYY-MM-DD' });
  expect(good).toMatchObject({ id: '1', state: 'found' });
});

test.each([
  ['customer-without-name', 'customers', { name: null }],
  ['item-code-too-long', 'items', { code: expect.stringMatching(/^.{31,}$/) }],
  ['credited', 'invoices', { credited: '1.00' }],
  ['foreign-currency', 'invoices', { currency: 'ISK' }],
] as const)('%s is read as it is: the engine says what is wrong with it', async (kind, entity, record) => {
  const { ids } = sample.act({ action: 'corrupt', fields: { kind } });
  expect(await crm.read(entity, ids, signal)).toMatchObject([{ state: 'found', record }]);
});

describe('a bad answer says what came, and where', () => {
  test.each([
    [
      'html',
      'validation',
      'CRM_ANSWER_UNREADABLE',
      'GET /v1/items/changes answered text/html where JSON is expected (99 characters)',
    ],
    [
      'half-json',
      'validation',
      'CRM_ANSWER_UNREADABLE',
      'GET /v1/items/changes answered application/json that is malformed or breaks off (36 characters)',
    ],
    [
      'wrong-shape',
      'validation',
      'CRM_ANSWER_UNREADABLE',
      'GET /v1/items/changes answered JSON of another form: "changes" invalid input: expected array, received undefined',
    ],
    [
      'redirect',
      'validation',
      'CRM_ANSWER_UNREADABLE',
      'GET /v1/items/changes answered with a redirect (302), which is not followed',
    ],
    ['error-500', 'transient', 'CRM_UNREACHABLE', 'GET /v1/items/changes answered 500'],
    ['wrong-key', 'auth', 'CRM_ACCESS_REFUSED', 'GET /v1/items/changes answered 401'],
  ])('%s', async (mode, kind, code, reason) => {
    sample.act({ action: 'break', fields: { mode } });
    const listing = crm.listChanges({ entity: 'items', depth: 'changed', cursor: null, signal });
    expect(await failure(listing)).toEqual({ kind, code, meta: { reason } });
    sample.act({ action: 'break', fields: { mode: 'none' } });
    await crm.check(signal);
  });

  test('a wrong key', async () => {
    const stranger = connect({ apiKey: 'wrong' });
    expect(await failure(stranger.check(signal))).toMatchObject({ kind: 'auth' });
    await stranger.close();
  });

  test('a slow answer', async () => {
    sample.act({ action: 'break', fields: { mode: 'slow', delayMs: 5_000 } });
    const hasty = connect({ timeoutMs: 200 });
    expect(await failure(hasty.check(signal))).toEqual({
      kind: 'transient',
      code: 'CRM_UNREACHABLE',
      meta: { reason: 'it did not answer within 0.2 seconds' },
    });
    await hasty.close();
  });

  test('no server at all', async () => {
    const nowhere = createHttpCrm({
      baseUrl: 'http://127.0.0.1:9',
      apiKey: 'k',
      allowPrivateAddresses: true,
    });
    expect(await failure(nowhere.check(signal))).toMatchObject({
      kind: 'transient',
      meta: { reason: 'nothing answers at 127.0.0.1:9' },
    });
    await nowhere.close();
  });

  test('a caller that gives up', async () => {
    sample.act({ action: 'break', fields: { mode: 'slow', delayMs: 5_000 } });
    expect(await failure(crm.check(AbortSignal.timeout(100)))).toEqual({
      kind: 'transient',
      code: undefined,
      meta: {},
    });
  });
});
