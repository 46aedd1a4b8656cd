import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import { controlRoutes } from './control/routes.js';
import type { Sandbox } from './sandbox.js';
import { serveXero } from './traffic/serve.js';

const BODY_LIMIT = '10mb';

/** The sandbox's routes: control, sample CRM, and everything else stands in for Xero. */
export function createApp(sandbox: Sandbox): Express {
  const app = express();
  app.disable('x-powered-by');
  app.disable('etag');
  app.use('/_sandbox', controlRoutes(sandbox));
  app.use('/crm', sandbox.crm.router);
  // Every body is read as it came, whatever it calls itself: Xero's SDK sends one even with GET.
  app.use(express.raw({ type: () => true, limit: BODY_LIMIT }));
  app.use((request: Request, response: Response) => serveXero(sandbox, request, response));
  app.use(answerErrors);
  return app;
}

// Express knows an error handler by its four parameters.
function answerErrors(error: unknown, _request: Request, response: Response, next: NextFunction): void {
  if (response.headersSent) return next(error);
  const status = error instanceof Error && 'status' in error ? Number(error.status) : 500;
  const message = error instanceof Error ? error.message : String(error);
  if (status >= 500) console.error('The sandbox failed:', error);
  response.status(status).type('text').send(`The sandbox cannot answer this: ${message}`);
}
