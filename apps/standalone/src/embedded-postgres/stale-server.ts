import { rm } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { StartError } from '../start-error.js';
import type { StartLog } from '../start-log.js';
import { postmasterFilePath, readPostmasterFile } from './postmaster-file.js';
import { commandLine, isAlive } from './running-process.js';

const FAST_SHUTDOWN_MS = 15_000;
const IMMEDIATE_SHUTDOWN_MS = 5_000;

/**
 * Ends the server that an earlier start left behind when it was killed: it still runs on the same data. A process that
 * merely got the same id is left alone, and the file that names it removed, since Postgres would refuse to start over it.
 * The caller holds the lock of the data directory, so that the server of a live start is never taken for a stale one.
 */
export async function stopStaleServer(cluster: string, log: StartLog): Promise<void> {
  const file = await readPostmasterFile(cluster);
  if (file === undefined) {
    return;
  }
  if (process.platform === 'win32') {
    // Who has that id cannot be told there; Postgres itself checks, and refuses when its server is still up.
    return;
  }
  if (servesCluster(file.pid, cluster)) {
    log.info(`stopping the Postgres that an earlier start left behind (process ${file.pid})`);
    await stopByPid(file.pid, cluster);
  }
  await rm(postmasterFilePath(cluster), { force: true });
}

/** Whether this process is a Postgres server on this very data folder. */
export function servesCluster(pid: number, cluster: string): boolean {
  return pid > 0 && isAlive(pid) && (commandLine(pid) ?? '').includes(`-D ${cluster} `);
}

async function stopByPid(pid: number, cluster: string): Promise<void> {
  // SIGINT is Postgres' fast shutdown; SIGQUIT gives up at once, and the next start recovers from the log.
  process.kill(pid, 'SIGINT');
  if (await isGone(pid, cluster, FAST_SHUTDOWN_MS)) {
    return;
  }
  process.kill(pid, 'SIGQUIT');
  if (!(await isGone(pid, cluster, IMMEDIATE_SHUTDOWN_MS))) {
    throw new StartError(
      `A Postgres of an earlier start does not stop (process ${pid}, data in ${cluster}).`,
      `End it with "kill -9 ${pid}" and start again.`,
    );
  }
}

async function isGone(pid: number, cluster: string, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs;
  while (servesCluster(pid, cluster)) {
    if (performance.now() > deadline) {
      return false;
    }
    await delay(20);
  }
  return true;
}
