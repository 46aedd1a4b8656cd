import { correlationId, type Logger } from '@sync/observability';
import type { ErrorRequestHandler, RequestHandler, Response } from 'express';
import { asProblem } from './as-problem.js';
import { type Problem, notFound } from './problem.js';

/** Answers with a problem document. */
export function sendProblem(res: Response, problem: Problem): void {
  if (problem.code === 'UNAUTHENTICATED') res.setHeader('WWW-Authenticate', 'Bearer');
  if (problem.status === 503) res.setHeader('Retry-After', '10');
  res
    .status(problem.status)
    .setHeader('Content-Type', 'application/problem+json')
    .send(JSON.stringify(problem.document(correlationId())));
}

/** The last handler: whatever was thrown becomes a problem document; what we are to blame for is logged. */
export function problemHandler(log: Logger): ErrorRequestHandler {
  return (err: unknown, req, res, next) => {
    const problem = asProblem(err);
    if (problem.status >= 500) log.error({ err, method: req.method, code: problem.code }, 'request failed');
    if (res.headersSent) next(err);
    else sendProblem(res, problem);
  };
}

/** Answers for every path that nothing else answers for. */
export const nothingHere: RequestHandler = (_req, _res, next) => next(notFound('address'));
