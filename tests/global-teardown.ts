import { rm } from 'node:fs/promises';
import { dropTemplates, serviceFinding } from '@sync/testing';

/** Takes away what the run made: the Postgres that the setup started, or the templates on one that was there. */
export default async function globalTeardown(): Promise<void> {
  const run = globalThis.testRun;
  if (run === undefined) {
    return;
  }
  if (run.postgres !== undefined) {
    await run.postgres.server.stop();
    await rm(run.postgres.folder, { recursive: true, force: true });
  } else if (serviceFinding('postgres').available) {
    await dropTemplates(run.runId);
  }
}
