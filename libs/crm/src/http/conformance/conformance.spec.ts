import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CRM_ENTITIES } from '@sync/domain';
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
  expect(report.checks.length).toBeGreaterThan(110);
  const untried = report.checks.filter(({ tried }) => !tried).map(({ name }) => name);
  expect(untried).toEqual(
    CRM_ENTITIES.filter((entity) => entity !== 'items').map((entity) => `changes.${entity}.deleted`),
  );
});

test('every check says what to do', async () => {
  const { checks } = await tryCrm(asItIs);
  expect(checks.filter(({ advice, name }) => advice.length < 20 || !name.includes('.'))).toEqual([]);
});

const invoicesOf = (body: Body) => body['records'] as Body[];

/** Changes each record of an entity. */
function records(entity: string, change: (record: Body) => Body): RequestHandler {
  return changing(new RegExp(`/${entity}\\?ids`), (body) => ({
    ...body,
    records: invoicesOf(body).map(change),
  }));
}

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
    'credits that are not booked on the invoice',
    records('invoices', (one) => ({ ...one, credited: '0.00' })),
    'invoices.credited',
    'and its credit-applications differ',
  ],
  [
    'credit notes of which the use is not booked',
    records('credit-notes', (one) => ({ ...one, applied: '0.00' })),
    'credit-notes.applied',
    'and its credit-applications differ',
  ],
  [
    'refunds that are not booked',
    records('credit-notes', (one) => ({ ...one, refunded: '0.00' })),
    'credit-notes.refunded',
    'and its refunds differ',
  ],
  [
    'applications of credit notes that there are not',
    records('credit-applications', (one) => ({ ...one, creditNoteId: 'x1' })),
    'credit-applications.credit-notes',
    'there is no x1 among the credit-notes',
  ],
  [
    'expenses without their taxes',
    records('expenses', (one) => ({ ...one, total: '0.01' })),
    'expenses.add-up',
    'amount and taxes do not come to its total',
  ],
  [
    'categories that are not listed',
    changing(/reference/, (body) => ({ ...body, expenseCategories: [] })),
    'expenses.categories',
    'is not in expenseCategories',
  ],
  [
    'expenses of unknown vendors',
    records('expenses', (one) => ({ ...one, vendorId: 'x1' })),
    'expenses.vendors',
    'there is no x1 among the vendors',
  ],
  [
    'orders that leave out the shipping fee',
    records('purchase-orders', (one) => ({ ...one, shippingFee: '777.00' })),
    'purchase-orders.add-up',
    'the parts do not come to its total',
  ],
  [
    'refunds by unknown modes',
    records('refunds', (one) => ({ ...one, mode: 'x1' })),
    'refunds.modes',
    'mode x1 is not in paymentModes',
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

test('a CRM that lacks entities keeps the contract as it was before there were any', async () => {
  const first = ['taxes', 'customers', 'items', 'invoices', 'payments'];
  const without: RequestHandler = (request, response, next) => {
    const entity = /v1\/([a-z-]+)/.exec(request.url)?.[1] ?? '';
    if (entity === 'reference' || first.includes(entity)) next();
    else response.status(404).type('application/problem+json').send('{"title":"Not Found","status":404}');
  };
  const report = await tryCrm(without);
  expect(failed(report)).toEqual({});
  const absent = report.checks.filter(({ name }) => name.endsWith('.readable'));
  expect(absent).toHaveLength(6);
  expect(absent.every(({ tried, detail }) => !tried && detail.includes('answered 404'))).toBe(true);
});
