import type { CrmEntity } from '@sync/domain';
import type { CrmUnwritten } from '@sync/engine';
import type { Statements } from '../connection-session.js';
import type { PerfexDatabase } from '../database.js';
import { serverErrorOf } from '../mysql-errors.js';
import { refusalOf } from './column-refusal.js';
import { Changed, type Refusal } from './refusal.js';
import type { WriteSession } from './write-session.js';
import type { Writer } from './writer.js';

/** What anything is written with. */
export interface Transactions {
  database: PerfexDatabase;
  /** The quoted full name of our own table. */
  linkTable: string;
  now: Date;
  /** What a transaction works with. */
  open(statements: Statements): WriteSession;
}

/** What records of an entity are written with. */
export interface Writing<E extends CrmEntity> extends Transactions {
  entity: E;
  writer: Writer<E>;
}

const DEADLOCK = 'ER_LOCK_DEADLOCK';
const BUSY = new Set([DEADLOCK, 'ER_LOCK_WAIT_TIMEOUT']);
const ATTEMPTS = 4;

/** Runs `work` in a transaction of its own; what speaks against it is its result, and then nothing was written. */
export async function inOneTransaction<T>(
  { database, open }: Transactions,
  { key, signal }: { key: string; signal: AbortSignal },
  work: (session: WriteSession) => Promise<T>,
): Promise<T | CrmUnwritten> {
  try {
    return await withoutDeadlock(() =>
      database.transaction(signal, async (statements) => ({
        result: await work(open(statements)),
        keep: true,
      })),
    );
  } catch (error) {
    if (error instanceof Changed) return { key, state: 'changed' };
    const refusal = refusalOf(error);
    if (!refusal) throw error;
    return unwritten(key, refusal);
  }
}

/** Somebody who keeps rows of this record locked is at it, and keeps nobody but this record waiting. */
export async function unlessBusy<T>(key: string, work: Promise<T>): Promise<T | CrmUnwritten> {
  try {
    return await work;
  } catch (error) {
    if (!BUSY.has(serverErrorOf(error).code)) throw error;
    return { key, state: 'changed' };
  }
}

/** A refusal as the engine is told of it. */
export function unwritten(key: string, { code, meta }: Refusal): CrmUnwritten {
  return { key, state: 'refused', code, meta };
}

/** In a deadlock the server has undone everything of one of the two; that one begins anew. */
export async function withoutDeadlock<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt >= ATTEMPTS || serverErrorOf(error).code !== DEADLOCK) throw error;
    }
  }
}
