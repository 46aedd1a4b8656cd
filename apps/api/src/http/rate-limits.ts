import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { identityOf } from './identify.js';
import { Problem } from './problem.js';

const minuteMs = 60_000;

/**
 * Far above what a CRM posts in a burst; counted in this process, so several processes allow several times as much.
 * Keys have 256 random bits, so it is the database that is protected here, not the keys.
 */
const perMinute = { address: 6_000, key: 3_000 } as const;

const tooMany: RequestHandler = (_req, _res, next) =>
  next(
    new Problem('RATE_LIMITED', 'Wait as many seconds as the header Retry-After says, then send it again'),
  );

const base = {
  windowMs: minuteMs,
  standardHeaders: 'draft-8',
  legacyHeaders: false,
  handler: tooMany,
} as const;

/** The limit for everything that comes from one address. */
export function limitPerAddress(): RequestHandler {
  return rateLimit({ ...base, limit: perMinute.address, identifier: 'address' });
}

/** The limit for everything that carries one key. */
export function limitPerKey(): RequestHandler {
  return rateLimit({
    ...base,
    limit: perMinute.key,
    keyGenerator: (req) => identityOf(req).id,
    identifier: 'key',
  });
}
