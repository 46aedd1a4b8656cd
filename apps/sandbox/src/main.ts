import { startSandbox } from './start.js';

const DEFAULT_PORT = 3001;

/** Runs the sandbox on SANDBOX_PORT; with a folder as its argument it keeps its books there. */
async function main(): Promise<void> {
  const port = portOf(process.env.SANDBOX_PORT);
  const sandbox = await startSandbox({
    port,
    host: process.env.SANDBOX_HOST,
    dataDir: process.argv[2] ?? null,
  });
  console.log(`sandbox: ${sandbox.url}`);
  const stop = (): void => {
    sandbox.close().catch(fail);
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
}

function portOf(text: string | undefined): number {
  const port = Number(text ?? DEFAULT_PORT);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new Error(`SANDBOX_PORT is "${text}". Set it to a port from 1 to 65535.`);
}

function fail(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

main().catch(fail);
