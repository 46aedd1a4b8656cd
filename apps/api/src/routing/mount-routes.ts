import type { Logger } from '@sync/observability';
import type { Request, RequestHandler, Router } from 'express';
import { demandKind, identityOf } from '../http/identify.js';
import { jsonBody } from '../http/json-body.js';
import type { Route } from './route.js';

/** OpenAPI writes `{id}` where Express writes `:id`. */
function expressPath(path: string): string {
  return path.replaceAll(/\{(\w+)\}/g, ':$1');
}

/** A key of another kind is refused before its body is read. */
function kindCheck(route: Route): RequestHandler {
  return (req, _res, next) => {
    demandKind(identityOf(req), route.kinds);
    next();
  };
}

/** The id of what a request made, if it made something that has one. */
function madeId(result: unknown): string | null {
  const id = typeof result === 'object' && result !== null && 'id' in result ? result.id : null;
  return typeof id === 'string' ? id : null;
}

/**
 * Who changed what: the key, the route, and the ids of its path, all of which were checked. What a CRM posts all day long
 * is no change by a person, and is left out.
 */
function auditor(route: Route, log: Logger): (req: Request, result: unknown) => void {
  if (route.method === 'get' || route.kinds.includes('crm-connection')) return () => undefined;
  const { method, path } = route;
  return (req, result) => {
    const resultId = madeId(result);
    const ids = { ...req.params, keyUsedId: identityOf(req).id, ...(resultId !== null && { resultId }) };
    log.info({ action: 'change', method, route: path, ...ids }, 'changed through the API');
  };
}

function answer(route: Route, log: Logger): RequestHandler {
  const audit = auditor(route, log);
  return async (req, res) => {
    const later: (() => Promise<unknown>)[] = [];
    const body: unknown = req.body;
    const result = await route.handle({
      params: req.params,
      query: req.query,
      body,
      key: identityOf(req),
      afterAnswer: (work) => void later.push(work),
    });
    audit(req, result);
    res.status(route.status);
    if (route.status === 204) res.end();
    else res.json(result);
    const done = await Promise.allSettled(later.map((work) => work()));
    for (const each of done) {
      if (each.status === 'rejected')
        log.error({ err: each.reason as unknown, route: route.path }, 'work after the answer failed');
    }
  };
}

/** Serves the routes; the router must have identified the key before. */
export function mountRoutes(router: Router, routes: readonly Route[], log: Logger): void {
  for (const route of routes) {
    const body = route.body === null ? [] : jsonBody;
    router[route.method](expressPath(route.path), kindCheck(route), ...body, answer(route, log));
  }
}
