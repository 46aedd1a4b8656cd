import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { Problem } from '../http/problem.js';

const windowMs = 15 * 60_000;

const tooMany: RequestHandler = (_req, _res, next) =>
  next(new Problem('RATE_LIMITED', 'Too many logins failed; wait as long as the header Retry-After says'));

const base = {
  windowMs,
  standardHeaders: 'draft-8',
  legacyHeaders: false,
  handler: tooMany,
  requestWasSuccessful: (_req: unknown, res: { statusCode: number }) => res.statusCode < 400,
  skipSuccessfulRequests: true,
} as const;

/**
 * Failed logins: ten from one address, and a hundred from all addresses together, in a quarter of an hour. The second
 * bound holds off guesses from many places, and is wide enough that one stranger cannot lock the admin out.
 */
export function throttleLogins(): readonly RequestHandler[] {
  return [rateLimit({ ...base, limit: 10 }), rateLimit({ ...base, limit: 100, keyGenerator: () => 'all' })];
}
