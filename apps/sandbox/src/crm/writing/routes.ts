import express, { type NextFunction, type Request, type Response, type Router } from 'express';
import { z } from 'zod';
import type { Ledgers } from '../booking.js';
import { sendProblem } from '../problem.js';
import { CRM_ENTITIES, type CrmEntity } from '../records.js';
import { REFERENCE_LISTS } from '../reference-lists.js';
import { REMOVABLE, takeOut } from './take-out.js';
import { upsert } from './upsert.js';

const MAX_BODY = '4mb';
const key = z.string().min(1).max(200);
const fields = z.record(z.string(), z.unknown());
const writesSchema = z.object({
  writes: z
    .array(z.object({ key, id: z.string().min(1).nullable(), record: fields, was: fields.nullable() }))
    .min(1)
    .max(50),
});
const additionSchema = z.object({ key, name: z.string().trim().min(1).max(150) });
const removalSchema = z.object({ key, was: fields });

/** The routes that write; `at` gives the books of the moment. */
export function writingRoutes(at: () => Ledgers): Router {
  const router = express.Router();
  router.use(express.json({ limit: MAX_BODY, type: () => true }));
  router.post('/v1/reference/:list', (request, response) => {
    const list = REFERENCE_LISTS.find((name) => name === request.params.list);
    const asked = additionSchema.safeParse(request.body);
    if (list === undefined) sendProblem(response, 404, 'not-found', 'There is no such list.');
    else if (!asked.success) sendProblem(response, 422, 'invalid-entry', z.prettifyError(asked.error));
    else response.json({ id: at().books.addReference(list, asked.data) });
  });
  router.post('/v1/:entity', (request, response) => {
    const entity = entityOf(request, CRM_ENTITIES);
    const body = writesSchema.safeParse(request.body);
    if (entity === null) sendProblem(response, 404, 'not-found', 'There is no such entity.');
    else if (!body.success) sendProblem(response, 400, 'invalid-body', z.prettifyError(body.error));
    else response.json({ results: body.data.writes.map((write) => upsert(at(), entity, write)) });
  });
  router.delete('/v1/:entity/:id', (request, response) => {
    const entity = entityOf(request, REMOVABLE);
    const asked = removalSchema.safeParse({ key: request.query['key'], was: bodyOf(request)['was'] });
    if (entity === null) sendProblem(response, 405, 'not-removable', 'These cannot be taken out.');
    else if (!asked.success) sendProblem(response, 400, 'invalid-body', z.prettifyError(asked.error));
    else {
      const { id } = request.params;
      response.json({ key: asked.data.key, ...takeOut(at(), entity, { id, was: asked.data.was }) });
    }
  });
  router.use(answerBadBody);
  return router;
}

function entityOf(request: Request, among: readonly CrmEntity[]): CrmEntity | null {
  return among.find((name) => name === request.params['entity']) ?? null;
}

function bodyOf(request: Request): Record<string, unknown> {
  return Object(request.body);
}

// Express knows an error handler by its four parameters.
function answerBadBody(error: unknown, _request: Request, response: Response, next: NextFunction): void {
  const status = error instanceof Error && 'status' in error ? error.status : null;
  if (status === 413) sendProblem(response, 413, 'too-large', `A body has at most ${MAX_BODY}.`);
  else if (status === 400) sendProblem(response, 400, 'invalid-json', 'The body is not JSON.');
  else next(error);
}
