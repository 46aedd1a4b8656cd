import type { RequestHandler } from 'express';
import { Problem } from '../http/problem.js';

const job = String.raw`/api/queues/[^/]+`;

/**
 * What an admin may do by hand: make jobs run again, tidy up, stop and start a queue. Adding or editing jobs would be a
 * way around every check of tenants, schedulers are none of ours, and limits are the service's own.
 */
const allowed = [
  new RegExp(`^${job}/[^/]+/(retry|promote|clean)$`),
  new RegExp(`^${job}/(retry|clean)/[^/]+$`),
  new RegExp(`^${job}/(promote|pause|resume)$`),
  /^\/api\/queues\/(pause|resume)$/,
];

/** Refuses every change through Bull Board that is not allowed by name, also those that a later version adds. */
export const allowedActions: RequestHandler = (req, _res, next) => {
  const reading = req.method === 'GET' || req.method === 'HEAD';
  if (reading || (req.method === 'PUT' && allowed.some((pattern) => pattern.test(req.path)))) next();
  else
    next(
      new Problem('ACTION_OFF', 'Bull Board may retry, promote, clean, pause and resume here, nothing else'),
    );
};
