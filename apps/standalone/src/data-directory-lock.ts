import { randomBytes } from 'node:crypto';
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { birthMark, isAlive } from './embedded-postgres/running-process.js';
import { StartError, systemErrorCode } from './start-error.js';

/** What the lock file holds: who runs, so that a later start can tell whether that process still does. */
interface Holder {
  pid: number;
  /** What tells the process from a later one with the same id; null where the system does not say. */
  birthMark: string | null;
  /** ISO time, for the message. */
  since: string;
}

/** Gives the lock back. */
export type ReleaseLock = () => Promise<void>;

const ATTEMPTS = 50;

/**
 * Takes the lock of a data directory, so that two starts never work on one database. A lock whose holder was killed is
 * taken over. Throws a StartError when another start is running.
 */
export async function takeLock(file: string): Promise<ReleaseLock> {
  const holder: Holder = {
    pid: process.pid,
    birthMark: birthMark(process.pid) ?? null,
    since: new Date().toISOString(),
  };
  const mine = JSON.stringify(holder);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    if (await createWhole(file, mine)) {
      return () => release(file, mine);
    }
    const theirs = await readIfThere(file);
    if (theirs !== undefined) {
      refuseIfRunning(theirs, file);
      await removeStale(file, theirs);
    }
  }
  throw new StartError(
    `The lock ${file} keeps changing.`,
    'Look which other starts are running, and stop them.',
  );
}

/** A file that appears with its whole content, or fails because there is one: a reader never sees half a holder. */
async function createWhole(file: string, text: string): Promise<boolean> {
  const draft = uniqueName(file);
  await writeFile(draft, text, { mode: 0o600 });
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if (systemErrorCode(error) === 'EEXIST') {
      return false;
    }
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

function refuseIfRunning(text: string, file: string): void {
  const holder = parseHolder(text);
  if (holder === undefined || !isAlive(holder.pid)) {
    return;
  }
  const mark = birthMark(holder.pid) ?? null;
  if (mark !== holder.birthMark) {
    return;
  }
  throw new StartError(
    `crm-xero-sync is already running on this data (process ${holder.pid}, since ${holder.since}; ${file}).`,
    `Use that one, or stop it first: Ctrl-C in its terminal, or "kill ${holder.pid}". A second clone runs beside it with PORT=3100 npm start.`,
  );
}

/** Undefined for what no start wrote: an empty or cut-off file is stale. */
function parseHolder(text: string): Holder | undefined {
  try {
    const holder = Object(JSON.parse(text)) as Partial<Holder>;
    return typeof holder.pid === 'number' && holder.pid > 0 ? (holder as Holder) : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Moves the lock away before removing it. If what was moved is not the stale one, a third start had taken over in between:
 * then it gets its lock back.
 */
async function removeStale(file: string, stale: string): Promise<void> {
  const aside = uniqueName(file);
  try {
    await rename(file, aside);
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') {
      return;
    }
    throw error;
  }
  if ((await readFile(aside, 'utf8')) !== stale) {
    await link(aside, file);
  }
  await rm(aside, { force: true });
}

/** Leaves the lock of another start alone, should somebody have removed ours by hand. */
async function release(file: string, mine: string): Promise<void> {
  if ((await readIfThere(file)) === mine) {
    await rm(file, { force: true });
  }
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}

function uniqueName(file: string): string {
  return `${file}.${randomBytes(4).toString('hex')}`;
}
