import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { postmasterArguments, type ServerSettings } from './postmaster-arguments.js';
import { readPostmasterFile } from './postmaster-file.js';
import { runProgram, spawnProgram } from './postgres-program.js';
import type { ServerAccount } from './server-account.js';

const READY_TIMEOUT_MS = 120_000;
const FAST_SHUTDOWN_MS = 30_000;

/** What a server needs to start. */
export interface PostmasterOptions {
  binaries: string;
  cluster: string;
  account: ServerAccount | undefined;
  /** Port on the loopback interface. */
  port: number;
  /** The file that takes the server's output; begun anew at each start, so that it does not grow for ever. */
  logFile: string;
  settings: ServerSettings;
}

/** A server process. */
export interface Postmaster {
  pid: number;
  /** Settles when the process has ended, however that came. */
  ended: Promise<void>;
  /** Fast shutdown: ends all sessions, writes everything down, waits for the end. Harmless when it has ended already. */
  stop(): Promise<void>;
}

/** Whether the server came up, or what it said before it ended. */
export type PostmasterStart = { ready: true; postmaster: Postmaster } | { ready: false; output: string };

/** Starts a server and waits until it takes connections. Rejects only when the program cannot be run at all. */
export async function startPostmaster(options: PostmasterOptions): Promise<PostmasterStart> {
  const child = await spawnServer(options);
  const ended = once(child, 'exit').then(() => undefined);
  const deadline = performance.now() + READY_TIMEOUT_MS;
  while (!hasEnded(child)) {
    const file = await readPostmasterFile(options.cluster);
    if (file?.pid === child.pid && file?.status === 'ready') {
      const stop = (): Promise<void> => stopServer(child, ended, options);
      return { ready: true, postmaster: { pid: file.pid, ended, stop } };
    }
    if (performance.now() > deadline) {
      await stopServer(child, ended, options);
      return { ready: false, output: `not ready after ${READY_TIMEOUT_MS / 1000} s` };
    }
    await delay(10);
  }
  return { ready: false, output: await readFile(options.logFile, 'utf8') };
}

async function spawnServer(options: PostmasterOptions): Promise<ChildProcess> {
  const output = await open(options.logFile, 'w', 0o600);
  try {
    const child = spawnProgram(join(options.binaries, 'bin', 'postgres'), postmasterArguments(options), {
      account: options.account,
      cwd: options.cluster,
      stdio: ['ignore', output.fd, output.fd],
    });
    await once(child, 'spawn');
    return child;
  } finally {
    await output.close();
  }
}

function hasEnded(child: ChildProcess): boolean {
  return child.exitCode !== null || child.signalCode !== null;
}

async function stopServer(
  child: ChildProcess,
  ended: Promise<void>,
  options: PostmasterOptions,
): Promise<void> {
  if (hasEnded(child)) {
    return;
  }
  if (process.platform === 'win32') {
    // Windows has no signals; pg_ctl raises the event that the server listens for.
    const args = ['stop', '-D', options.cluster, '-m', 'fast', '-w'];
    await runProgram(join(options.binaries, 'bin', 'pg_ctl'), args, {
      account: undefined,
      cwd: options.cluster,
    });
  } else {
    child.kill('SIGINT');
  }
  // A shutdown that hangs is cut off; what was committed is in the log, and the next start recovers it.
  const cutOff = setTimeout(() => child.kill('SIGQUIT'), FAST_SHUTDOWN_MS);
  await ended;
  clearTimeout(cutOff);
}
