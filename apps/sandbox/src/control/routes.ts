import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import { z } from 'zod';
import { addApp, addTenant, DEFAULT_APP } from '../books/new-tenant.js';
import { ALL_SCOPES, DEFAULT_USER, grant } from '../identity/consent.js';
import { tokensOf } from '../identity/token-endpoint.js';
import type { RuleContext } from '../rules/context.js';
import { BadBody, ElementRefused, UnknownId } from '../wire/refusal.js';
import { advanceClock, resetSandbox, type Sandbox } from '../sandbox.js';
import { faultRule } from '../traffic/faults.js';
import { actInXero, actRequest } from './act/index.js';
import { type LedgerRequest, ledgerOf } from './ledger.js';
import { ControlError, read, textOf } from './read-request.js';
import { webhookRoutes } from './webhook-routes.js';

const limits = z.strictObject({
  enabled: z.boolean().optional(),
  minute: z.int().positive().optional(),
  concurrent: z.int().positive().optional(),
  day: z.int().positive().optional(),
  appMinute: z.int().positive().optional(),
  latencyMs: z.int().nonnegative().optional(),
});
const faults = z.strictObject({ rules: z.array(faultRule), seed: z.int().optional() });
const clock = z.strictObject({ advanceMs: z.number().nonnegative(), stop: z.boolean().optional() });
const reset = z.strictObject({ keepConnections: z.boolean().optional(), keepCrm: z.boolean().optional() });
const seed = z.strictObject({
  size: z.int().positive(),
  seed: z.int().default(1),
  currencies: z.boolean().optional(),
});
const newApp = z.strictObject({
  clientId: z.string().min(1),
  secret: z.string().min(1),
  name: z.string().optional(),
  redirectUris: z.array(z.string()).default([]),
  customTenantId: z.string().nullable().default(null),
});
const newTenant = z.strictObject({
  id: z.uuid().optional(),
  name: z.string().min(1),
  baseCurrency: z.string().length(3).default('USD'),
  countryCode: z.string().length(2).optional(),
  version: z.enum(['GLOBAL', 'US', 'AU', 'NZ', 'UK']).optional(),
});
const authorize = z.strictObject({
  clientId: z.string().default(DEFAULT_APP.clientId),
  tenantIds: z.array(z.string()).optional(),
  userId: z.string().default(DEFAULT_USER),
  scope: z.string().default(ALL_SCOPES),
});

/** The routes under `/_sandbox`: what tests and people use to look into the sandbox and to play tricks on it. */
export function controlRoutes(sandbox: Sandbox): Router {
  const router = express.Router();
  router.use(express.json({ limit: '10mb' }));
  trafficRoutes(router, sandbox);
  booksRoutes(router, sandbox);
  consentRoutes(router, sandbox);
  crmRoutes(router, sandbox);
  webhookRoutes(router, sandbox);
  router.use((_request, response) => fail(response, 404, 'There is no such control route.'));
  router.use(answerErrors);
  return router;
}

function trafficRoutes(router: Router, sandbox: Sandbox): void {
  const { log, gate, faults: plan } = sandbox;
  router.get('/calls', (request, response) => {
    const tenantId = textOf(request, 'tenantId');
    response.json(log.list(tenantId, instantOf(textOf(request, 'since'))));
  });
  router.delete('/calls', (_request, response) => {
    log.clear();
    response.status(204).end();
  });
  router.get('/stats', (_request, response) => response.json({ tenants: log.stats() }));
  router.get('/limits', (_request, response) => response.json(gate.current()));
  router.post('/limits', (request, response) => response.json(gate.set(given(read(limits, request)))));
  router.get('/faults', (_request, response) => response.json({ rules: plan.list() }));
  router.post('/faults', (request, response) => {
    const asked = read(faults, request);
    plan.set(asked.rules, asked.seed);
    response.json({ rules: plan.list() });
  });
  router.get('/clock', (_request, response) => response.json(timeOf(sandbox)));
  router.post('/clock', async (request, response) => {
    const { advanceMs, stop = false } = read(clock, request);
    if (stop) sandbox.clock.stop();
    await advanceClock(sandbox, advanceMs);
    response.json(timeOf(sandbox));
  });
}

function booksRoutes(router: Router, sandbox: Sandbox): void {
  const { books } = sandbox;
  router.post('/reset', (request, response) => {
    resetSandbox(sandbox, read(reset, request));
    response.status(204).end();
  });
  router.get('/ledger', (request, response) =>
    response.json({ tenants: ledgerOf(books, ledgerRequest(request)) }),
  );
  router.get('/tenants', (_request, response) =>
    response.json(
      books.organisationsByAge().map(({ id, name, baseCurrency }) => ({ tenantId: id, name, baseCurrency })),
    ),
  );
  router.post('/tenants', (request, response) => {
    const asked = read(newTenant, request);
    const { id, name, baseCurrency } = books.transact(() => addTenant(books, asked));
    response.status(201).json({ tenantId: id, name, baseCurrency });
  });
  router.post('/act', (request, response) => response.json(act(sandbox, request)));
}

function consentRoutes(router: Router, { books, clock: time }: Sandbox): void {
  router.post('/apps', (request, response) => {
    const { id } = books.transact(() => addApp(books, read(newApp, request)));
    response.status(201).json({ clientId: id });
  });
  router.post('/authorize', (request, response) => {
    const { clientId, userId, scope, tenantIds } = read(authorize, request);
    const app = books.apps.get(clientId);
    const known = books.organisationsByAge().map(({ id }) => id);
    const unknown = tenantIds?.find((id) => !known.includes(id));
    if (!app)
      throw new ControlError(404, `There is no app ${clientId}. Register it with POST /_sandbox/apps.`);
    if (unknown) throw new ControlError(404, `There is no organisation ${unknown}.`);
    const granted = books.transact(() =>
      grant(books, { app, userId, scope, tenantIds: tenantIds ?? known.slice(0, 1) }),
    );
    response.json({ ...tokensOf(granted, time.now()), tenantIds: tenantIds ?? known.slice(0, 1) });
  });
}

function crmRoutes(router: Router, { crm }: Sandbox): void {
  router.post('/seed', (request, response) => {
    crm.seed(read(seed, request));
    response.status(204).end();
  });
  router.get('/crm-ledger', (request, response) => response.json(crm.ledger(ledgerRequest(request))));
}

const ledgerRequest = (request: Request): LedgerRequest => {
  const only = textOf(request, 'entity');
  return { documents: textOf(request, 'documents') === '1', ...(only ? { only } : {}) };
};

// `side: "crm"` is an act in the sample CRM; anything else is one in Xero, in the first organisation unless it says which.
function act({ books, clock: time, crm }: Sandbox, request: Request): unknown {
  const { side, ...asked } = read(z.looseObject({ side: z.enum(['crm', 'xero']).default('xero') }), request);
  if (side === 'crm') return crm.act(asked);
  const wanted = read(actRequest, request);
  const tenantId = wanted.tenantId ?? books.organisationsByAge()[0]?.id ?? '';
  if (!books.organisations.get(tenantId))
    throw new ControlError(404, `There is no organisation ${tenantId}.`);
  const context: RuleContext = {
    books,
    tenant: books.tenant(tenantId),
    clock: time,
    unitDigits: 4,
    administrator: true,
  };
  return books.transact(() => actInXero(context, wanted)) ?? {};
}

const timeOf = ({ clock: time }: Sandbox): Record<string, unknown> => ({
  now: new Date(time.now()).toISOString(),
  offsetMs: time.offset(),
});

const given = <T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

/** A time in ms, given as ms or as an ISO instant; without one the beginning. */
function instantOf(text: string | null): number {
  if (text === null) return 0;
  const ms = /^\d+$/.test(text) ? Number(text) : Date.parse(text);
  if (Number.isNaN(ms)) throw new ControlError(400, `"${text}" is neither ms nor an ISO instant.`);
  return ms;
}

const fail = (response: Response, status: number, message: string): void => {
  response.status(status).json({ error: message });
};

// Express knows an error handler by its four parameters.
function answerErrors(
  error: unknown,
  _request: Request,
  response: Response,
  next: Parameters<RequestHandler>[2],
): void {
  const status = statusOf(error);
  if (status === null || !(error instanceof Error)) return next(error);
  fail(response, status, error.message);
}

function statusOf(error: unknown): number | null {
  if (error instanceof ElementRefused || error instanceof BadBody) return 400;
  if (error instanceof UnknownId) return 404;
  const status = error instanceof Error && 'status' in error ? error.status : null;
  return typeof status === 'number' && status < 500 ? status : null;
}
