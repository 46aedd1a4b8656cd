import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Express, Router } from 'express';
import { bullBoard } from './board/bull-board.js';
import { demandAdmin, loginRoutes } from './browser/login.js';
import { refuseOtherSites } from './browser/same-site.js';
import { isSecure, sessions } from './browser/session.js';
import type { ApiDependencies } from './dependencies.js';
import { correlate } from './http/correlate.js';
import { identify } from './http/identify.js';
import { nothingHere, problemHandler } from './http/problem-handler.js';
import { limitPerAddress, limitPerKey } from './http/rate-limits.js';
import { securityHeaders } from './http/security-headers.js';
import { docs } from './pages/docs.js';
import { healthz, metricsRoute, readyz } from './pages/health.js';
import { home } from './pages/home.js';
import { pageCss } from './pages/page.js';
import { recordLink } from './pages/record-link.js';
import { allRoutes } from './routes/all-routes.js';
import { mountRoutes } from './routing/mount-routes.js';
import { openApiDocument } from './routing/openapi.js';
import { xeroWebhooks } from './webhooks/xero-webhooks.js';

function version(): string {
  const text = readFileSync(join(__dirname, '..', 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

/** `/v1`: machines with a key, and no cookies. */
function machineRouter(dependencies: ApiDependencies): Router {
  const router = Router();
  router.use('/v1', limitPerAddress(), identify(dependencies.apiKeys), limitPerKey());
  mountRoutes(router, allRoutes(dependencies), dependencies.log);
  return router;
}

/** Pages of the admin: session, login, and no request that another site made. */
function adminRouter(dependencies: ApiDependencies): Router {
  const { config, log, queueBackend } = dependencies;
  const router = Router();
  const admin = demandAdmin(config);
  router.use(
    ['/login', '/logout', '/queues', '/r'],
    refuseOtherSites(config.publicUrl),
    sessions(config, dependencies.sessions),
  );
  router.use(loginRoutes({ config, log }));
  router.use('/queues', admin, bullBoard(queueBackend, '/queues'));
  router.get('/r/:bindingId', admin, recordLink(dependencies));
  return router;
}

/** Pages, figures and webhooks: what needs neither a session nor a key of ours. */
function openRouter(dependencies: ApiDependencies): Router {
  const router = Router();
  const document = openApiDocument(allRoutes(dependencies), version());
  router.get('/', home(dependencies.queueBackend.kind));
  router.get('/page.css', (_req, res) => void res.type('css').send(pageCss));
  router.get('/favicon.ico', (_req, res) => void res.status(204).end());
  router.get('/openapi.json', (_req, res) => void res.json(document));
  router.use('/docs', docs());
  router.get('/healthz', healthz);
  router.get('/readyz', readyz(dependencies));
  router.get('/metrics', ...metricsRoute(dependencies));
  router.use(xeroWebhooks(dependencies));
  return router;
}

/** The HTTP side of the service. It listens to nothing yet and owns none of what it is handed. */
export function createApi(dependencies: ApiDependencies): Express {
  const { config, log, metrics } = dependencies;
  const app = express();
  app.disable('x-powered-by');
  // Addresses are told apart behind a proxy, which stands on this machine or in this network.
  app.set('trust proxy', ['loopback', 'linklocal', 'uniquelocal']);
  app.set('query parser', 'simple');
  app.use(correlate(metrics), securityHeaders(isSecure(config)));
  app.use(openRouter(dependencies), machineRouter(dependencies), adminRouter(dependencies));
  app.use(nothingHere, problemHandler(log));
  return app;
}
