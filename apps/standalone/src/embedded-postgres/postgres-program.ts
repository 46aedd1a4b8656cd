import { type ChildProcess, spawn, type SpawnOptions } from 'node:child_process';
import type { ServerAccount } from './server-account.js';

/** How a program of Postgres is run. */
export interface ProgramOptions {
  account: ServerAccount | undefined;
  /** A folder that the account may enter; ours may be closed to it. */
  cwd: string;
  stdio: SpawnOptions['stdio'];
}

/**
 * Starts initdb or postgres. Detached, in a process group of its own: Ctrl-C in the terminal then reaches us alone, and we
 * stop the server after those who use it. Without our environment, which may hold secrets that the account must not see
 * and PG variables that would change what the program does.
 */
export function spawnProgram(
  program: string,
  args: readonly string[],
  options: ProgramOptions,
): ChildProcess {
  return spawn(program, args, {
    cwd: options.cwd,
    detached: process.platform !== 'win32',
    stdio: options.stdio,
    ...options.account,
    ...(process.platform === 'win32' ? { windowsHide: true } : { env: { LC_ALL: 'C', TZ: 'UTC' } }),
  });
}

/** How a program ended. */
export interface ProgramEnd {
  code: number | null;
  output: string;
}

/** Runs a program to its end and collects what it says; rejects only when it cannot be started. */
export async function runProgram(
  program: string,
  args: readonly string[],
  options: Omit<ProgramOptions, 'stdio'>,
): Promise<ProgramEnd> {
  const child = spawnProgram(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  const collect = (chunk: Buffer): void => void (output += chunk.toString());
  child.stdout?.on('data', collect);
  child.stderr?.on('data', collect);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}
