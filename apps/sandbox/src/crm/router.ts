import { createHash, timingSafeEqual } from 'node:crypto';
import express, { type Request, type RequestHandler, type Response, type Router } from 'express';
import type { Ledgers } from './booking.js';
import type { CrmBooks } from './books.js';
import { breakAnswers } from './break-answer.js';
import { cursorText, readCursor } from './cursor.js';
import type { CrmFaults } from './faults.js';
import { sendProblem } from './problem.js';
import { CRM_ENTITIES, type CrmEntity } from './records.js';
import { BASE_CURRENCY, FOREIGN_CURRENCIES } from './reference.js';
import { writingRoutes } from './writing/routes.js';

/** The key that the sample CRM accepts. */
export const SAMPLE_CRM_KEY = 'sandbox-crm-key';

/** What the routes work with; `books` and `epoch` are those of the moment. */
export interface CrmSource {
  books: () => CrmBooks;
  epoch: () => string;
  now: () => Date;
  faults: CrmFaults;
}

const MAX_IDS = 200;
const MAX_LIMIT = 1000;
const DEFAULT_LIMIT = 500;

/** The routes of the contract, `/v1/...`; to be mounted where the base address points. */
export function crmRouter(source: CrmSource): Router {
  const router = express.Router();
  router.use('/v1', breakAnswers(source.faults), requireKey);
  router.get('/v1/reference', (_request, response) => {
    const { paymentModes, expenseCategories } = source.books().reference;
    response.json({
      baseCurrency: BASE_CURRENCY,
      currencies: [BASE_CURRENCY, ...FOREIGN_CURRENCIES],
      paymentModes,
      expenseCategories,
    });
  });
  router.get('/v1/:entity/changes', (request, response) => listChanges(source, request, response));
  router.get('/v1/:entity', (request, response) => readRecords(source, request, response));
  const at = (): Ledgers => ({ books: source.books(), now: source.now() });
  router.use(writingRoutes(at));
  router.use('/v1', (_request, response) =>
    sendProblem(response, 404, 'not-found', 'There is no such path.'),
  );
  return router;
}

const requireKey: RequestHandler = (request, response, next) => {
  const key = /^Bearer (.+)$/.exec(request.get('authorization') ?? '')?.[1] ?? '';
  if (timingSafeEqual(digest(key), digest(SAMPLE_CRM_KEY))) next();
  else sendProblem(response, 401, 'unauthorized', 'The key is missing or not known.');
};

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function listChanges(source: CrmSource, request: Request, response: Response): void {
  const entity = entityOf(request, response);
  const limit = limitOf(request, response);
  if (entity === null || limit === null) return;
  const after = startOf(source, request, response);
  if (after === null) return;
  const found = source.books().changesAfter(entity, after, limit + 1);
  const page = found.slice(0, limit);
  const seq = page.at(-1)?.seq ?? Math.max(after, source.books().seq);
  response.json({
    changes: page.map(({ id, deleted }) => (deleted ? { id, deleted } : { id })),
    cursor: cursorText({ epoch: source.epoch(), seq }),
    more: found.length > limit,
  });
}

function readRecords({ books }: CrmSource, request: Request, response: Response): void {
  const entity = entityOf(request, response);
  if (entity === null) return;
  const ids = typeof request.query['ids'] === 'string' ? request.query['ids'].split(',') : [];
  if (ids.length === 0 || ids.length > MAX_IDS || ids.includes('')) {
    sendProblem(response, 400, 'invalid-ids', `"ids" must name 1 to ${MAX_IDS} ids, separated by commas.`);
    return;
  }
  const records = [...new Set(ids)].map((id) => ({ id, record: books().get(entity, id) }));
  response.json({
    records: records.flatMap(({ record }) => record ?? []),
    missing: records.filter(({ record }) => record === null).map(({ id }) => id),
  });
}

function entityOf(request: Request, response: Response): CrmEntity | null {
  const entity = CRM_ENTITIES.find((name) => name === request.params['entity']);
  if (entity === undefined) sendProblem(response, 404, 'not-found', 'There is no such entity.');
  return entity ?? null;
}

function limitOf(request: Request, response: Response): number | null {
  const limit = request.query['limit'] === undefined ? DEFAULT_LIMIT : Number(request.query['limit']);
  if (Number.isInteger(limit) && limit >= 1) return Math.min(limit, MAX_LIMIT);
  sendProblem(response, 400, 'invalid-limit', `"limit" must be a whole number from 1 to ${MAX_LIMIT}.`);
  return null;
}

/** The number of the change after which to go on; null once a problem was answered. */
function startOf({ epoch }: CrmSource, request: Request, response: Response): number | null {
  const text = request.query['cursor'];
  if (text === undefined) return 0;
  const cursor = typeof text === 'string' ? readCursor(text) : null;
  if (cursor === null) sendProblem(response, 400, 'invalid-cursor', 'This is no cursor of this CRM.');
  else if (cursor.epoch !== epoch()) sendProblem(response, 410, 'cursor-expired', 'The CRM was filled anew.');
  else return cursor.seq;
  return null;
}
