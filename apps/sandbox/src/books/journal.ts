import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Stamped } from './records.js';

/** One kept record: scope, kind, id, and the record (null = gone). */
export type Entry = readonly [scope: string, kind: string, id: string, row: Stamped | null];

/** Keeps every committed transaction as one line of a file, before the call is answered. */
export interface Journal {
  /** All kept entries, oldest first. */
  read(): Entry[];
  /** Replaces the file by these entries (on start, and on reset). */
  rewrite(entries: Iterable<Entry>): void;
  /** Adds one transaction. It is with the operating system when this returns, so a killed process loses nothing. */
  append(entries: readonly Entry[]): void;
  close(): void;
}

/** A journal that keeps nothing: the books live as long as the process. */
export const noJournal: Journal = { read: () => [], rewrite: () => {}, append: () => {}, close: () => {} };

/** A journal in `dataDir/books.jsonl`. */
export function openJournal(dataDir: string): Journal {
  mkdirSync(dataDir, { recursive: true });
  const path = join(dataDir, 'books.jsonl');
  let file: number | null = null;
  const close = (): void => {
    if (file !== null) closeSync(file);
    file = null;
  };
  return {
    read: () => (existsSync(path) ? parse(readFileSync(path), path) : []),
    rewrite: (entries) => {
      close();
      replace(path, entries);
      file = openSync(path, 'a');
    },
    append: (entries) => {
      file ??= openSync(path, 'a');
      writeSync(file, `${JSON.stringify(entries)}\n`);
    },
    close,
  };
}

function replace(path: string, entries: Iterable<Entry>): void {
  const draft = openSync(`${path}.new`, 'w');
  for (const entry of entries) writeSync(draft, `${JSON.stringify([entry])}\n`);
  fsyncSync(draft);
  closeSync(draft);
  renameSync(`${path}.new`, path);
}

// A process that is killed while it writes leaves half a line at the end; that call was never answered, so it is dropped.
function parse(bytes: Buffer, path: string): Entry[] {
  const entries: Entry[] = [];
  let line = 1;
  for (let from = 0; ; line++) {
    const end = bytes.indexOf(10, from);
    if (end < 0) return entries;
    entries.push(...parseLine(bytes.toString('utf8', from, end), `${path} line ${line}`));
    from = end + 1;
  }
}

function parseLine(text: string, where: string): Entry[] {
  try {
    return JSON.parse(text) as Entry[];
  } catch (cause) {
    throw new Error(
      `The sandbox's books are damaged at ${where}. Delete the file to start with empty books.`,
      { cause },
    );
  }
}
