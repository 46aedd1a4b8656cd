import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ListenAddress } from '@sync/config';
import type { Logger, Metrics } from '@sync/observability';

/** A worker's only door: its figures, for whoever collects them. */
export interface MetricsListener {
  /** The port that it listens on; of interest where 0 was asked for. */
  readonly port: number;
  close(): Promise<void>;
}

async function answer({ registry }: Metrics, req: IncomingMessage, res: ServerResponse): Promise<void> {
  const isAsked = req.method === 'GET' && req.url?.split('?')[0] === '/metrics';
  if (!isAsked) {
    res.writeHead(404).end();
    return;
  }
  const text = await registry.metrics();
  res.writeHead(200, { 'content-type': registry.contentType }).end(text);
}

async function listen(server: Server, { host, port }: ListenAddress): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port }, resolve);
  }).catch((cause: unknown) => {
    const taken = cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE';
    throw new Error(
      taken
        ? `Port ${port} is taken; give each worker of a machine a WORKER_METRICS_PORT of its own`
        : `Cannot serve metrics on ${host}:${port}; check WORKER_METRICS_HOST and WORKER_METRICS_PORT`,
      { cause },
    );
  });
}

/** Serves `/metrics` without a key, as its address is one that only whoever runs the service reaches. */
export async function serveMetrics(
  metrics: Metrics,
  address: ListenAddress,
  log: Pick<Logger, 'warn'>,
): Promise<MetricsListener> {
  const server = createServer({ requestTimeout: 10_000 }, (req, res) => {
    answer(metrics, req, res).catch((err: unknown) => {
      log.warn({ err }, 'metrics could not be served');
      res.destroy();
    });
  });
  await listen(server, address);
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      await closed;
    },
  };
}
