import type { RequestHandler } from 'express';
import type { ApiDependencies } from '../dependencies.js';
import { demandKind, identify, identityOf } from '../http/identify.js';

/** `/healthz`: the process answers. */
export const healthz: RequestHandler = (_req, res) => void res.json({ status: 'ok' });

async function works(ping: () => Promise<void>): Promise<'ok' | 'failed'> {
  const [result] = await Promise.allSettled([ping()]);
  return result.status === 'fulfilled' ? 'ok' : 'failed';
}

/** `/readyz`: database and queues answer; 503 says which does not, without a reason, since anybody may ask. */
export function readyz({ pingDatabase, queueBackend }: ApiDependencies): RequestHandler {
  return async (_req, res) => {
    const [database, queues] = await Promise.all([works(pingDatabase), works(() => queueBackend.ping())]);
    const ready = database === 'ok' && queues === 'ok';
    res.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not ready', database, queues });
  };
}

/** A request that came through a proxy looks local, too, but says whom it is for. */
function isLocal(req: Parameters<RequestHandler>[0]): boolean {
  const address = req.socket.remoteAddress ?? '';
  const direct = req.headers['x-forwarded-for'] === undefined && req.headers.forwarded === undefined;
  return direct && /^(127\.|::1$|::ffff:127\.)/.test(address);
}

/** `/metrics`: for this machine, or with the installation key. */
export function metricsRoute({ metrics, apiKeys }: ApiDependencies): readonly RequestHandler[] {
  const checkKey = identify(apiKeys);
  return [
    (req, res, next) => (isLocal(req) ? next() : checkKey(req, res, next)),
    async (req, res) => {
      if (!isLocal(req)) demandKind(identityOf(req), ['installation']);
      res.type(metrics.registry.contentType).send(await metrics.registry.metrics());
    },
  ];
}
