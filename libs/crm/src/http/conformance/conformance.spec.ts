import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type RequestHandler } from 'express';
import {
  createSampleCrm,
  SAMPLE_CRM_KEY,
  type SampleCrm,
} from '../../../../../apps/sandbox/src/crm/index.js';
import { type ConformanceReport, type ConformanceSteps, runConformance } from './index.js';

type Body = Record<string, unknown>;

let sample: SampleCrm;
let server: Server | undefined;

beforeEach(() => {
  sample = createSampleCrm({ clock: { now: () => new Date('2026-11-20T15:00:00Z') } });
  sample.seed({ size: 60, seed: 1 });
});

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** Tries the sample CRM with something put in front of it. */
async function tryCrm(front: RequestHandler, steps?: ConformanceSteps): Promise<ConformanceReport> {
  server = createServer(express().use(front).use('/crm', sample.router)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return runConformance({
    baseUrl: `http://127.0.0.1:${port}/crm/`,
    apiKey: SAMPLE_CRM_KEY,
    ...(steps === undefined ? {} : { steps }),
  });
}

/** Changes the JSON of answers whose address fits. */
function changing(path: RegExp, change: (body: Body) => unknown): RequestHandler {
  return (request, response, next) => {
    const send = response.json.bind(response);
    if (path.test(request.url)) response.json = (body: Body) => send(change(body));
    next();
  };
}

const asItIs: RequestHandler = (_request, _response, next) => next();

const steps: ConformanceSteps = {
  change: async () => ({
    entity: 'invoices',
    id: sample.act({ entity: 'invoices', action: 'edit' }).ids[0] ?? '',
  }),
  remove: async () => ({
    entity: 'payments',
    id: sample.act({ entity: 'payments', action: 'delete' }).ids[0] ?? '',
  }),
};

function failed({ checks }: ConformanceReport): Record<string, string> {
  return Object.fromEntries(checks.filter(({ ok }) => !ok).map(({ name, detail }) => [name, detail]));
}

test('the sample CRM keeps the whole contract', async () => {
  sample.act({ entity: 'items', action: 'delete' });
  const report = await tryCrm(asItIs, steps);
  expect(failed(report)).toEqual({});
  expect(report.ok).toBe(true);
  expect(report.checks.length).toBeGreaterThan(50);
  const untried = report.checks.filter(({ tried }) => !tried).map(({ name }) => name);
  expect(untried).toEqual(
    ['taxes', 'customers', 'invoices', 'payments'].map((entity) => `changes.${entity}.deleted`),
  );
});

test('every check says what to do', async () => {
  const { checks } = await tryCrm(asItIs);
  expect(checks.filter(({ advice, name }) => advice.length < 20 || !name.includes('.'))).toEqual([]);
});

const invoicesOf = (body: Body) => body['records'] as Body[];

test.each<[what: string, front: RequestHandler, check: string, detail: string]>([
  [
    'amounts as numbers',
    changing(/invoices\?ids/, (body) => ({
      ...body,
      records: invoicesOf(body).map((one) => ({ ...one, total: Number(one['total']) })),
    })),
    'records.invoices.shape',
    '"total" invalid input: expected string, received number',
  ],
  [
    'totals that do not add up',
    changing(/invoices\?ids/, (body) => ({
      ...body,
      records: invoicesOf(body).map((one) => ({ ...one, adjustment: '5.00' })),
    })),
    'invoices.add-up',
    'the parts do not come to its total',
  ],
  [
    'payments that are not booked',
    changing(/invoices\?ids/, (body) => ({
      ...body,
      records: invoicesOf(body).map((one) => ({ ...one, paid: '0.00' })),
    })),
    'invoices.paid',
    'and its payments differ',
  ],
  [
    'a record on two pages',
    changing(/customers\/changes/, (body) => ({
      ...body,
      changes: [...(body['changes'] as Body[]), { id: '1' }],
    })),
    'changes.customers.once',
    '1 is named twice',
  ],
  [
    'a cursor that does not move',
    changing(/items\/changes/, (body) => ({ ...body, cursor: 'c3R1Y2sgMQ', more: true })),
    'changes.items.readable',
    'answered 410',
  ],
  [
    'a listing without its first record',
    changing(/payments\/changes/, (body) => ({ ...body, changes: (body['changes'] as Body[]).slice(1) })),
    'changes.payments.page-size',
    'is missing in pages of',
  ],
  [
    'unknown ids that are passed over',
    changing(/customers\?ids/, (body) => ({ ...body, missing: [] })),
    'records.customers.unknown-id',
    'not named in "missing"',
  ],
  [
    'records that are listed but not found',
    changing(/taxes\?ids/, (body) => ({
      records: [],
      missing: ['1', '2', '3', '4', '5', '6', ...(body['missing'] as string[])],
    })),
    'records.taxes.answered',
    '1 is listed, but missing when read',
  ],
  [
    'modes that are not listed',
    changing(/reference/, (body) => ({ ...body, paymentModes: [] })),
    'payments.modes',
    'mode stripe is not in paymentModes',
  ],
  [
    'deletions that are not reported',
    changing(/changes/, (body) => ({
      ...body,
      changes: (body['changes'] as Body[]).filter((one) => one['deleted'] !== true),
    })),
    'follow.deleted',
    'was deleted, but the listing does not say so',
  ],
  [
    'changes that are not reported',
    (request, _response, next) => {
      request.url = request.url.replace(/invoices\/changes.*cursor=/, 'items/changes?cursor=');
      next();
    },
    'follow.changed',
    'was changed, but the listing does not name it',
  ],
  [
    'no keys',
    (request, _response, next) => {
      request.headers.authorization = `Bearer ${SAMPLE_CRM_KEY}`;
      next();
    },
    'access.no-key',
    'without a key answered 200 instead of 401',
  ],
  [
    'JSON that is called HTML',
    (_request, response, next) => {
      response.type('text/html');
      next();
    },
    'answers.content-type',
    'answered text/html',
  ],
])('%s are found, and named', async (_, front, check, detail) => {
  const report = await tryCrm(front, steps);
  expect(report.ok).toBe(false);
  expect(failed(report)[check]).toContain(detail);
});

test('a server that answers something else altogether is asked one question only', async () => {
  let questions = 0;
  const report = await tryCrm((_request, response) => {
    questions += 1;
    response.type('html').send('<h1>It works!</h1>');
  });
  expect(failed(report)).toEqual({
    'reference.shape': expect.stringContaining('GET /v1/reference answered text/html where JSON is expected'),
  });
  expect([questions, report.checks.length]).toEqual([1, 1]);
});

test('one entity that fails does not hide the others', async () => {
  const report = await tryCrm((request, response, next) => {
    if (request.url.includes('/items')) response.status(500).send('broken');
    else next();
  });
  expect(Object.keys(failed(report))).toEqual(['changes.items.readable']);
});
