import type { XeroConnection, XeroPort } from '@sync/engine';
import { createXero } from './create-xero.js';
import { MemoryCallLog, systemClock } from './testing/memory-stores.js';
import { Wire } from './testing/wire.js';

const connection: XeroConnection = {
  id: 'c',
  authorizationId: 'a',
  clientId: 'app',
  tenantId: 'tenant',
  tenantName: 'Acme',
  dayLimit: 5_000,
};

const member = { bindingId: 'b', marker: 'm', naturalKey: null, xeroId: null };
const call = {
  entity: 'invoices' as const,
  method: 'PUT' as const,
  path: '/Invoices?summarizeErrors=false',
  body: '{"Invoices":[{"InvoiceNumber":"Süß"}]}',
  idempotencyKey: 'key',
};

describe('a call to Xero', () => {
  let wire: Wire;
  let callLog: MemoryCallLog;
  let xero: XeroPort;
  let renewals: number;

  beforeEach(async () => {
    wire = new Wire();
    callLog = new MemoryCallLog();
    renewals = 0;
    const tokens = {
      accessToken: async () => 'token-1',
      renew: async () => `token-${(renewals += 1) + 1}`,
    };
    xero = createXero({ apiUrl: await wire.start(), callLog, tokens, clock: systemClock });
  });

  afterEach(() => wire.stop());

  const open = (stillHeld: () => void = () => undefined) =>
    xero.open(connection, stillHeld, new AbortController().signal);
  const write = async (change: { stillHeld?: () => void; beforeSending?: () => Promise<void> } = {}) =>
    (await open(change.stillHeld)).write({
      call,
      members: [member],
      lane: 'event',
      beforeSending: change.beforeSending ?? (async () => undefined),
    });

  it('carries token, tenant, key and the exact bytes', async () => {
    await write();
    expect(wire.seen[0]).toMatchObject({
      method: 'PUT',
      url: '/api.xro/2.0/Invoices?summarizeErrors=false',
      body: call.body,
      headers: { authorization: 'Bearer token-1', 'xero-tenant-id': 'tenant', 'idempotency-key': 'key' },
    });
  });

  it('names a moment in the documented form, without fractions and zone', async () => {
    const session = await open();
    const modifiedSince = new Date('2026-11-20T09:08:07.654Z');
    await session.list({ entity: 'invoices', modifiedSince, page: 2, lane: 'backfill' });
    expect(wire.seen[0]?.headers['if-modified-since']).toBe('2026-11-20T09:08:07');
    expect(wire.seen[0]?.url).toContain('page=2&pageSize=1000');
  });

  it('is logged before the batch is marked as sent, and that before the first byte leaves', async () => {
    const order: string[] = [];
    const started = callLog.started.bind(callLog);
    callLog.started = async (entry) => {
      order.push('logged');
      return started(entry);
    };
    wire.answer = (response) => {
      order.push('arrived');
      response.writeHead(200).end('{"Invoices":[]}');
    };
    await write({ beforeSending: async () => void order.push('marked') });
    expect(order).toEqual(['logged', 'marked', 'arrived']);
  });

  it('is not sent when the lease is lost, the log fails or the batch cannot be marked', async () => {
    let looks = 0;
    const lostOnTheWay = () => {
      looks += 1;
      if (looks > 2) throw new Error('lease lost');
    };
    const fail = async () => {
      throw new Error('not marked');
    };
    await expect(write({ stillHeld: lostOnTheWay })).rejects.toThrow('lease lost');
    await expect(write({ beforeSending: fail })).rejects.toThrow('not marked');
    callLog.started = async () => {
      throw new Error('not logged');
    };
    await expect(write()).rejects.toThrow('not logged');
    expect(wire.seen).toHaveLength(0);
  });

  it('keeps what a write brought when only its end cannot be logged', async () => {
    callLog.finished = async () => {
      throw new Error('database away');
    };
    await expect(write()).resolves.toEqual([{ bindingId: 'b', state: 'unknown' }]);
  });

  it('is made once more with a renewed token, and marked as sent only once', async () => {
    let marks = 0;
    wire.answer = (response) => {
      const fresh = wire.seen.at(-1)?.headers.authorization === 'Bearer token-2';
      response.writeHead(fresh ? 200 : 401).end(fresh ? '{"Invoices":[]}' : '{"Detail":"TokenExpired"}');
    };
    await write({ beforeSending: async () => void (marks += 1) });
    expect([wire.seen.length, renewals, marks]).toEqual([2, 1, 1]);
  });

  it('does not renew a token that lacks a scope', async () => {
    wire.answer = (response) =>
      response
        .writeHead(401, { 'www-authenticate': 'error="insufficent_scope"' })
        .end('{"Detail":"No scope"}');
    await expect(write()).rejects.toMatchObject({ kind: 'auth', code: 'XERO_SCOPE_MISSING' });
    expect(renewals).toBe(0);
  });

  it('gives up on a token that is refused even when it is new', async () => {
    wire.answer = (response) => response.writeHead(401).end('{}');
    await expect(write()).rejects.toMatchObject({ kind: 'auth', code: 'NEEDS_RECONNECT' });
    expect(wire.seen).toHaveLength(2);
  });

  it('takes the results of the elements from a 400, where it has them', async () => {
    const Elements = [{ InvoiceNumber: 'Süß', ValidationErrors: [{ Message: 'Invoice # must be unique.' }] }];
    const body = JSON.stringify({ Type: 'ValidationException', Elements });
    wire.answer = (response) => response.writeHead(400).end(body);
    await expect(write()).resolves.toMatchObject([
      { state: 'refused', error: { code: 'INVOICE_NUMBER_TAKEN' } },
    ]);
  });

  it('tells neither tokens nor bodies in its errors', async () => {
    wire.answer = (response) => response.writeHead(500).end('{"Detail":"Süß token-1"}');
    const error = await write().catch((caught: unknown) => caught);
    expect(error).toMatchObject({ kind: 'unknown-outcome' });
    expect(JSON.stringify(error) + String(error)).not.toMatch(/token-1|Süß/);
  });

  it('counts as open until its deadline when its end was never logged', async () => {
    callLog.finished = async () => undefined;
    for (let count = 0; count < 5; count += 1) await write();
    expect((await open()).room('event')).toMatchObject({ open: false, limit: 'concurrent' });
  });

  it('is refused after the session was closed', async () => {
    const session = await open();
    await session.close();
    const late = session.list({ entity: 'items', modifiedSince: null, page: 1, lane: 'event' });
    await expect(late).rejects.toThrow('closed');
  });

  it('stops waiting when the session is given up', async () => {
    callLog.held = { until: new Date(Date.now() + 10_000), limit: 'minute' };
    const giveUp = new AbortController();
    const session = await xero.open(connection, () => undefined, giveUp.signal);
    const waiting = session.list({ entity: 'items', modifiedSince: null, page: 1, lane: 'event' });
    giveUp.abort(new Error('shutting down'));
    await expect(waiting).rejects.toThrow('shutting down');
    await session.close();
  });
});

describe('the calls that a batch becomes', () => {
  const xero = createXero({
    apiUrl: 'http://nowhere',
    callLog: new MemoryCallLog(),
    tokens: { accessToken: async () => '', renew: async () => '' },
    clock: systemClock,
  });

  it('hold at most 50 elements and 3.4 MB, and every element once, in order', () => {
    const elements = Array.from({ length: 120 }, (_, index) => ({
      InvoiceNumber: `ä${index}`,
      Text: 'ü'.repeat(40_000),
    }));
    const calls = xero.compose({ entity: 'invoices', action: 'create', elements });
    expect(calls.every(({ body }) => Buffer.byteLength(body) <= 3_400_000)).toBe(true);
    expect(calls.every(({ indexes }) => indexes.length <= 50)).toBe(true);
    expect(calls.flatMap(({ indexes }) => indexes)).toEqual(elements.map((_, index) => index));
    expect(calls.flatMap(({ body }) => (JSON.parse(body) as { Invoices: unknown[] }).Invoices)).toEqual(
      elements,
    );
  });

  it('have one element where Xero takes no more, and create with PUT, update with POST', () => {
    const calls = xero.compose({
      entity: 'taxes',
      action: 'create',
      elements: [{ Name: 'A' }, { Name: 'B' }],
    });
    expect(calls.map(({ method, path }) => `${method} ${path}`)).toEqual(['PUT /TaxRates', 'PUT /TaxRates']);
    const [update] = xero.compose({ entity: 'items', action: 'update', elements: [{ ItemID: '1' }] });
    expect(update).toMatchObject({ method: 'POST', path: '/Items?summarizeErrors=false&unitdp=4' });
  });

  it('are one a credit note, whose allocations stand under its path, and never hold two that are alike', () => {
    const allocation = (note: string, amount: number) => ({
      CreditNote: { CreditNoteID: note },
      Invoice: { InvoiceID: 'i' },
      Amount: amount,
      Date: '2026-11-20',
    });
    const elements = [allocation('a', 1), allocation('b', 1), allocation('a', 2), allocation('a', 1)];
    const calls = xero.compose({ entity: 'credit-applications', action: 'create', elements });
    expect(calls.map(({ method, path, indexes }) => [`${method} ${path}`, indexes])).toEqual([
      ['PUT /CreditNotes/a/Allocations?summarizeErrors=false', [0, 2]],
      ['PUT /CreditNotes/a/Allocations?summarizeErrors=false', [3]],
      ['PUT /CreditNotes/b/Allocations?summarizeErrors=false', [1]],
    ]);
    expect(JSON.parse(calls[2]?.body ?? '')).toEqual({
      Allocations: [{ Invoice: { InvoiceID: 'i' }, Amount: 1, Date: '2026-11-20' }],
    });
  });

  it('have a key of at most 128 characters that differs by app, tenant and batch', () => {
    const keys = [
      xero.idempotencyKey(connection, '1'),
      xero.idempotencyKey(connection, '2'),
      xero.idempotencyKey({ ...connection, tenantId: 'other' }, '1'),
      xero.idempotencyKey({ ...connection, clientId: 'other' }, '1'),
    ];
    expect(new Set(keys).size).toBe(4);
    expect(xero.idempotencyKey(connection, '1')).toBe(keys[0]);
    expect(keys.every((key) => key.length <= 128)).toBe(true);
  });
});
