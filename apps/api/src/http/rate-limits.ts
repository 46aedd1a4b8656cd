import type { RequestHandler } from 'express';
import { ipKeyGenerator, rateLimit } from 'express-rate-limit';
import { identityOf } from './identify.js';
import { Problem } from './problem.js';

const minuteMs = 60_000;

/**
 * Far above what a CRM posts in a burst; kept in this process, so several processes allow several times as much.
 * Failures of authentication are counted apart and tightly: nobody may try keys at speed.
 */
const perMinute = { address: 6_000, key: 3_000, failures: 60 } as const;

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

const addressOf = (ip: string | undefined) => (ip === undefined ? 'unknown' : ipKeyGenerator(ip));

/** The limits for everything that comes from one address: all requests, and those without a valid key. */
export function limitPerAddress(): readonly RequestHandler[] {
  const keyGenerator = (req: { ip?: string | undefined }) => addressOf(req.ip);
  return [
    rateLimit({ ...base, limit: perMinute.address, keyGenerator, identifier: 'address' }),
    rateLimit({
      ...base,
      limit: perMinute.failures,
      keyGenerator,
      identifier: 'failures',
      skipSuccessfulRequests: true,
      requestWasSuccessful: (_req, res) => res.statusCode !== 401,
    }),
  ];
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
