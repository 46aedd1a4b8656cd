import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  truncateSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import type { BookLine } from './books.js';

/** What the books were filled with; cursors of other books are refused by `epoch`. */
export interface JournalHead {
  epoch: string;
  /** The seed that `act` goes on from. */
  seed: number;
}

/** Books as they were written down. */
export interface KeptBooks {
  head: JournalHead;
  lines: BookLine[];
}

const FILE = 'sample-crm.ndjson';

/** Keeps every change in one file of JSON lines: the head first, then the changes as they came, each transaction a line. */
export class CrmJournal {
  readonly #path: string;
  #file: number | null = null;

  constructor(dataDir: string) {
    mkdirSync(dataDir, { recursive: true });
    this.#path = join(dataDir, FILE);
  }

  /** What an earlier process wrote; a last line that it did not finish is cut off. */
  read(): KeptBooks | null {
    if (!existsSync(this.#path)) return null;
    const text = readFileSync(this.#path, 'utf8');
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    if (whole.length < text.length) truncateSync(this.#path, Buffer.byteLength(whole));
    const [head, ...lines] = whole.split('\n').filter((line) => line !== '');
    if (head === undefined) return null;
    return {
      head: JSON.parse(head) as JournalHead,
      lines: lines.flatMap((line) => JSON.parse(line) as BookLine | BookLine[]),
    };
  }

  /** Starts over with these books: the old file stands until the new one is complete. */
  replace({ head, lines }: KeptBooks): void {
    this.close();
    const next = `${this.#path}.next`;
    const file = openSync(next, 'w', 0o600);
    writeSync(file, [head, ...lines].map((line) => `${JSON.stringify(line)}\n`).join(''));
    fsyncSync(file);
    closeSync(file);
    renameSync(next, this.#path);
  }

  /** Adds the changes of one transaction: all of them are there after a crash, or none. */
  append(lines: readonly BookLine[]): void {
    this.#file ??= openSync(this.#path, 'a', 0o600);
    writeSync(this.#file, `${JSON.stringify(lines)}\n`);
  }

  close(): void {
    if (this.#file !== null) closeSync(this.#file);
    this.#file = null;
  }
}
