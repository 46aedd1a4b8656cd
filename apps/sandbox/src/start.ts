import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from './app.js';
import { openSandbox } from './sandbox.js';

/** How to run a sandbox. */
export interface SandboxOptions {
  /** 0 takes any free port. */
  readonly port: number;
  /** Default 127.0.0.1. */
  readonly host?: string | undefined;
  /** Where the books are kept; without it they live as long as the process. */
  readonly dataDir?: string | null | undefined;
  /** The address that others reach it under, where it differs from host and port. */
  readonly publicUrl?: string | undefined;
  /** What to fill the sample CRM with if it holds nothing yet. */
  readonly sample?: { readonly size: number; readonly seed: number } | undefined;
}

/** A sandbox that runs. */
export interface RunningSandbox {
  readonly url: string;
  readonly port: number;
  /** Stops listening, drops open connections and closes the books. */
  close(): Promise<void>;
}

/** Starts the sandbox; rejects with the system's error when the port is taken. */
export async function startSandbox(options: SandboxOptions): Promise<RunningSandbox> {
  const { host = '127.0.0.1', dataDir = null, publicUrl, sample } = options;
  const sandbox = openSandbox(dataDir);
  if (sample && sandbox.crm.isEmpty()) sandbox.crm.seed(sample);
  const server = createServer({ keepAliveTimeout: 65_000 }, createApp(sandbox));
  const port = await listen(server, options.port, host);
  return {
    url: publicUrl ?? `http://${host}:${port}`,
    port,
    close: async () => {
      sandbox.webhooks.close();
      await stop(server);
      sandbox.books.close();
      sandbox.crm.close();
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve((server.address() as AddressInfo).port);
    });
  });
}

function stop(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    server.close((error) => (error ? reject(error) : resolve()));
    server.closeAllConnections();
  });
}
