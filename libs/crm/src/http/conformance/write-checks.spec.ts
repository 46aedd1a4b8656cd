import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type RequestHandler } from 'express';
import {
  createSampleCrm,
  SAMPLE_CRM_KEY,
  type SampleCrm,
} from '../../../../../apps/sandbox/src/crm/index.js';
import { type ConformanceReport, runConformance } from './index.js';

let sample: SampleCrm;
let server: Server | undefined;
let methods: string[];

beforeEach(() => {
  methods = [];
  sample = createSampleCrm({ clock: { now: () => new Date() } });
  sample.seed({ size: 20, seed: 1 });
});

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** Tries the sample CRM with something put in front of it, and gives the checks that write. */
async function tryWriting(front: RequestHandler, write = true): Promise<ConformanceReport['checks']> {
  const app = express().use((request, _response, next) => {
    methods.push(request.method);
    next();
  });
  server = createServer(app.use(front).use('/crm', sample.router)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const options = { baseUrl: `http://127.0.0.1:${port}/crm/`, apiKey: SAMPLE_CRM_KEY, write };
  const { checks } = await runConformance(options);
  return checks.filter(({ name }) => name.startsWith('write.'));
}

const asItIs: RequestHandler = (_request, _response, next) => next();

/** Changes each write that is sent. */
function writes(change: (write: Record<string, unknown>) => object): RequestHandler {
  return (request, response, next) => {
    if (request.method !== 'POST') return next();
    express.json()(request, response, () => {
      const { writes: sent = [] } = request.body as { writes?: Record<string, unknown>[] };
      request.body = { writes: sent.map(change) };
      next();
    });
  };
}

test('the sample CRM keeps it all; a customer and a cancelled invoice stay', async () => {
  const before = sample.ledger().entities;
  const checks = await tryWriting(asItIs);
  expect(checks.filter(({ ok, tried }) => !ok || !tried)).toEqual([]);
  expect(checks.length).toBe(15);
  const after = sample.ledger().entities;
  expect(after.customers.count).toBe(before.customers.count + 1);
  for (const entity of ['invoices', 'payments', 'expenses'] as const)
    expect(after[entity].count).toBe(before[entity].count);
});

test('nothing is written unless somebody asks for it', async () => {
  expect(await tryWriting(asItIs, false)).toEqual([]);
  expect(new Set(methods)).toEqual(new Set(['GET']));
});

let forgotten = 0;

/** Writes under a key of its own each time, and answers with the one that was sent. */
const forgetting: RequestHandler = (request, response, next) => {
  const send = response.json.bind(response);
  let key: unknown;
  response.json = (body: { results?: object[] }) =>
    send(body.results ? { results: body.results.map((one) => ({ ...one, key })) } : body);
  writes((write) => {
    ({ key } = write);
    return { ...write, key: `k${(forgotten += 1)}` };
  })(request, response, next);
};

const methodNotAllowed: RequestHandler = (request, response, next) =>
  request.method === 'GET' ? next() : void response.status(405).json({ title: 'Method Not Allowed' });

test('a CRM that is only read keeps the contract', async () => {
  const checks = await tryWriting((request, response, next) =>
    request.headers.authorization === undefined ? next() : methodNotAllowed(request, response, next),
  );
  expect(checks.every(({ ok }) => ok)).toBe(true);
  const tried = checks.filter((check) => check.tried).map(({ name }) => name);
  expect(tried).toEqual(['write.access']);
});

test.each<[what: string, front: RequestHandler, check: string, detail: string]>([
  [
    'keys that are not kept',
    forgetting,
    'write.customers.once',
    'written twice under one key, it is 5 and 6',
  ],
  [
    'changes that nobody compares',
    writes((write) => ({ ...write, was: write['id'] === null ? null : {} })),
    'write.customers.changed',
    'it is not "changed": written',
  ],
  [
    'changes that are never made',
    writes((write) => ({ ...write, record: write['id'] === null ? write['record'] : {} })),
    'write.customers.update',
    'it is "written", but the record says otherwise',
  ],
  [
    'payments that are not booked',
    (request, response, next) => {
      const send = response.json.bind(response);
      if (/invoices\?ids/.test(request.url))
        response.json = (body: { records: object[] }) =>
          send({ ...body, records: body.records.map((one) => ({ ...one, paid: '0.00' })) });
      next();
    },
    'write.payments.paid',
    'is 0.00 instead of 1.00',
  ],
  [
    'refusals that are errors',
    (request, response, next) => {
      express.json()(request, response, () => {
        if (JSON.stringify(request.body ?? '').includes('no-such-record-0')) response.status(500).end();
        else next();
      });
    },
    'write.payments.refused',
    'POST /v1/payments answered 500',
  ],
  [
    'removals that are not made',
    (request, response, next) => {
      if (request.method === 'DELETE') response.json({ key: 'k', state: 'removed' });
      else next();
    },
    'write.payments.removed',
    'is removed, but found when read',
  ],
  [
    'entries that are added anew',
    (request, _response, next) => {
      if (request.method !== 'POST' || !request.url.includes('/reference/')) return next();
      express.json()(request, _response, () => {
        request.body = { ...(request.body as object), key: `k${(forgotten += 1)}` };
        next();
      });
    },
    'write.payment-mode.once',
    'added twice under one key, it is 4 and 5',
  ],
  [
    'a door that is open',
    (request, _response, next) => {
      request.headers.authorization = `Bearer ${SAMPLE_CRM_KEY}`;
      next();
    },
    'write.access',
    'without a key answered 400 instead of 401',
  ],
])('%s are found, and named', async (_, front, check, detail) => {
  const checks = await tryWriting(front);
  expect(checks.find(({ name }) => name === check)).toMatchObject({
    ok: false,
    detail: expect.stringContaining(detail),
  });
});
