import type { Request, RequestHandler } from 'express';
import { Problem } from '../http/problem.js';

const harmless = new Set(['GET', 'HEAD', 'OPTIONS']);

function ownOrigins(req: Request, publicUrl: string | null): string[] {
  const host = req.headers.host ?? '';
  return [`http://${host}`, `https://${host}`, ...(publicUrl === null ? [] : [publicUrl])];
}

/**
 * Every browser says on a state-changing request where it comes from: in `Sec-Fetch-Site`, or, older ones, in
 * `Origin`. What carries neither is no browser, and nobody can make a stranger's program send his cookie.
 */
function isOwn(req: Request, publicUrl: string | null): boolean {
  const { origin, 'sec-fetch-site': site } = req.headers;
  if (site !== undefined) return site === 'same-origin';
  return origin === undefined || ownOrigins(req, publicUrl).includes(origin);
}

/** Refuses state-changing requests that another site made a browser send. */
export function refuseOtherSites(publicUrl: string | null): RequestHandler {
  return (req, _res, next) => {
    if (harmless.has(req.method) || isOwn(req, publicUrl)) next();
    else next(new Problem('CROSS_SITE', 'Another site made this request; open the page here and repeat it'));
  };
}
