import { type ChildProcessByStdio, spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { waitUntil } from './wait-until.js';

type Child = ChildProcessByStdio<null, Readable, Readable>;

/** How a process ended: exactly one of the two is set. */
export interface ProcessExit {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A real Node process of a spec, to be watched and to be killed on purpose. */
export interface NodeProcess {
  pid: number;
  /** All that it wrote so far, stdout and stderr as they came. */
  output(): string;
  /** The first line, past or future, that matches; fails with the whole output when the process ends or time is up. */
  waitForLine(pattern: RegExp, timeoutMs?: number): Promise<string>;
  /** Sends a signal, SIGTERM unless told, and waits for the end. */
  kill(signal?: NodeJS.Signals): Promise<ProcessExit>;
  /** Settles when the process has ended and its output is complete. */
  exited: Promise<ProcessExit>;
}

/** How to start it. */
export interface SpawnNodeOptions {
  /** Added to this process's environment; undefined takes a variable away. */
  env?: Readonly<Record<string, string | undefined>>;
  args?: readonly string[];
  /** Options of Node itself, such as `['--max-old-space-size=256']`. */
  nodeOptions?: readonly string[];
  cwd?: string;
}

const running = new Set<Child>();
let exitHookInstalled = false;

/** Runs a built file (Node does not load our TypeScript) in a process of its own. What is still alive when the spec's process ends is killed. */
export function spawnNode(file: string, options: SpawnNodeOptions = {}): NodeProcess {
  const child = startChild(file, options);
  let output = '';
  const collect = (chunk: string): void => void (output += chunk);
  child.stdout.setEncoding('utf8').on('data', collect);
  child.stderr.setEncoding('utf8').on('data', collect);
  let ended: ProcessExit | undefined;
  const exited = exitOf(child).then((exit) => (ended = exit));
  // Nobody may be waiting when a start fails; whoever waits later still gets the rejection.
  exited.catch(() => undefined);
  return {
    pid: child.pid ?? 0,
    output: () => output,
    exited,
    kill: (signal = 'SIGTERM') => {
      child.kill(signal);
      return exited;
    },
    waitForLine: (pattern, timeoutMs = 20_000) =>
      waitForLine({ pattern, timeoutMs, output: () => output, ended: () => ended }),
  };
}

function startChild(file: string, options: SpawnNodeOptions): Child {
  const child = spawn(process.execPath, [...(options.nodeOptions ?? []), file, ...(options.args ?? [])], {
    env: { ...process.env, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
  });
  killWithParent(child);
  return child;
}

function killWithParent(child: Child): void {
  running.add(child);
  child.once('close', () => running.delete(child));
  if (!exitHookInstalled) {
    exitHookInstalled = true;
    process.once('exit', () => running.forEach((each) => each.kill('SIGKILL')));
  }
}

function exitOf(child: Child): Promise<ProcessExit> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal }));
  });
}

interface LineWait {
  pattern: RegExp;
  timeoutMs: number;
  output: () => string;
  ended: () => ProcessExit | undefined;
}

async function waitForLine({ pattern, timeoutMs, output, ended }: LineWait): Promise<string> {
  const found = await waitUntil(
    () => {
      const end = ended();
      const line = output()
        .split('\n')
        .find((each) => each.search(pattern) >= 0);
      return line === undefined && end === undefined ? undefined : { line, end };
    },
    { what: `a line like ${pattern}`, timeoutMs },
  ).catch((cause: unknown) => {
    throw new Error(`${String(cause)}\n--- output so far ---\n${output()}`, { cause });
  });
  if (found.line === undefined) {
    const how = found.end?.signal ?? `code ${found.end?.code}`;
    throw new Error(`the process ended (${how}) before a line like ${pattern}\n--- output ---\n${output()}`);
  }
  return found.line;
}
