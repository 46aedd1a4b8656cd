import { type Metrics, newCorrelationId, withCorrelationId } from '@sync/observability';
import type { Request, RequestHandler } from 'express';

/** The route as it was declared, so that metrics and logs hold no ids; `other` where nothing matched. */
function routeOf(req: Request): string {
  const route: unknown = req.route;
  const path = typeof route === 'object' && route !== null && 'path' in route ? route.path : undefined;
  return typeof path === 'string' ? `${req.baseUrl}${path}` : 'other';
}

/** Gives every request an id, which the answer, its log lines and its problem document carry, and times it. */
export function correlate(metrics: Metrics): RequestHandler {
  return (req, res, next) => {
    const id = newCorrelationId();
    res.setHeader('X-Correlation-Id', id);
    const stop = metrics.requests.startTimer();
    res.once('finish', () => {
      stop({ method: req.method, route: routeOf(req), status: String(res.statusCode) });
    });
    withCorrelationId(id, next);
  };
}
