import type { Router } from 'express';
import { actOn } from './act/index.js';
import { ActError, type ActRequest, type ActResult, actRequestSchema } from './act/request.js';
import { type BookLine, CrmBooks, type JournalLine } from './books.js';
import { CrmFaults } from './faults.js';
import { CrmJournal, type JournalHead } from './journal.js';
import { type CrmLedger, type LedgerRequest, ledgerOf } from './ledger.js';
import { CRM_ENTITIES } from './records.js';
import { crmRouter } from './router.js';
import { makeRecords, type SeedRequest } from './seed/index.js';
import { randomStream } from './seed/random.js';

export type { ActResult } from './act/request.js';
export type { CrmLedger, LedgerDocument, LedgerRow } from './ledger.js';
export { SAMPLE_CRM_KEY } from './router.js';

/** What the sample CRM needs. */
export interface SampleCrmOptions {
  clock: { now(): Date };
  /** Where it keeps its records over a restart; null or absent: in memory only. */
  dataDir?: string | null | undefined;
}

/** A CRM that runs. */
export interface SampleCrm {
  /** The contract's routes `/v1/...`, to be mounted at `/crm`. */
  router: Router;
  /** Whether it holds no record at all, as before the first seed. */
  isEmpty(): boolean;
  /** Throws everything away and fills the CRM anew. */
  seed(request: SeedRequest): void;
  /** Throws everything away. */
  reset(): void;
  /** What should be in Xero. */
  ledger(options?: LedgerRequest): CrmLedger;
  /** Changes something as a person would; throws an ActError with an HTTP status. */
  act(request: unknown): ActResult;
  close(): void;
}

/** Opens the sample CRM with what `dataDir` holds, or empty. */
export function createSampleCrm({ clock, dataDir }: SampleCrmOptions): SampleCrm {
  const journal = dataDir == null ? null : new CrmJournal(dataDir);
  const faults = new CrmFaults();
  const kept = journal?.read() ?? null;
  let head: JournalHead = kept?.head ?? { epoch: 'empty', seed: 0 };
  let books = openBooks(journal, kept?.lines ?? []);

  const startOver = (next: JournalHead, lines: JournalLine[]): void => {
    journal?.replace({ head: next, lines });
    faults.clear();
    head = next;
    books = openBooks(journal, lines);
  };
  return {
    router: crmRouter({ books: () => books, epoch: () => head.epoch, now: () => clock.now(), faults }),
    isEmpty: () => books.seq === 0,
    seed: (request) => {
      const now = clock.now();
      startOver(
        { epoch: `${request.seed}-${request.size}-${now.getTime()}`, seed: request.seed },
        seedLines(request, now),
      );
    },
    reset: () => startOver({ epoch: `reset-${clock.now().getTime()}`, seed: 0 }, []),
    ledger: (options = {}) => ledgerOf(books, options),
    act: (request) => {
      const asked = readRequest(request);
      if (asked.action === 'break') return breakDown(faults, asked);
      const random = randomStream(head.seed + books.seq, 'act');
      const desk = { books, random, now: clock.now() };
      return books.transact(() => actOn(desk, asked));
    },
    close: () => journal?.close(),
  };
}

function openBooks(journal: CrmJournal | null, lines: readonly BookLine[]): CrmBooks {
  const books = new CrmBooks((lines) => journal?.append(lines));
  for (const line of lines) books.replay(line);
  return books;
}

function seedLines(request: SeedRequest, now: Date): JournalLine[] {
  const lines: JournalLine[] = [];
  const lists = makeRecords(request, now);
  for (const entity of CRM_ENTITIES) {
    for (const record of lists[entity]) {
      lines.push({ entity, id: record.id, seq: lines.length + 1, record, unfit: false });
    }
  }
  return lines;
}

function readRequest(request: unknown): ActRequest {
  const parsed = actRequestSchema.safeParse(request);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new ActError(400, `${issue?.path.join('.') || 'the request'}: ${issue?.message ?? 'not understood'}`);
}

function breakDown(faults: CrmFaults, { fields }: ActRequest): ActResult {
  const problem = faults.set(fields);
  if (problem !== null) throw new ActError(400, problem);
  return { entity: null, ids: [] };
}
