import { json, type RequestHandler } from 'express';
import { Problem } from './problem.js';

const maxDepth = 16;

/** No record needs more; without a bound, a megabyte of brackets reaches whatever walks the body after us. */
function isDeeper(value: unknown, left: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return left === 0 || Object.values(value).some((part) => isDeeper(part, left - 1));
}

const refuseOtherTypes: RequestHandler = (req, _res, next) => {
  const hasBody =
    req.headers['transfer-encoding'] !== undefined || Number(req.headers['content-length'] ?? 0) > 0;
  if (hasBody && !req.is(['application/json', 'application/*+json'])) {
    next(
      new Problem(
        'UNSUPPORTED_MEDIA_TYPE',
        'Send the body as JSON with the header Content-Type: application/json',
      ),
    );
    return;
  }
  next();
};

const refuseDepth: RequestHandler = (req, _res, next) => {
  const body: unknown = req.body;
  if (isDeeper(body, maxDepth)) {
    next(new Problem('INVALID_REQUEST', `The body is nested more than ${maxDepth} levels deep`));
    return;
  }
  next();
};

/** Reads a JSON body of at most 1 MB. Runs after the key was checked, so that strangers send nothing to parse. */
export const jsonBody: readonly RequestHandler[] = [
  refuseOtherTypes,
  json({ limit: '1mb', type: ['application/json', 'application/*+json'] }),
  refuseDepth,
];
