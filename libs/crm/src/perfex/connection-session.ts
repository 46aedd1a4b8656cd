import type { Pool, PoolConnection, ResultSetHeader } from 'mysql2/promise';
import { classifyMysqlError, isConnectionLost } from './mysql-errors.js';

/** Runs one statement and gives its rows; decimals and dates come as text. */
export type Query = <Row>(sql: string, values?: readonly unknown[]) => Promise<Row[]>;

/** What a statement did that gives no rows. */
export interface Effect {
  /** Rows that it inserted, deleted or found to update. */
  rows: number;
  /** The key of the row that it inserted; 0 for none. */
  insertId: number;
}

/** Runs one statement that changes something. */
export type Run = (sql: string, values?: readonly unknown[]) => Promise<Effect>;

/** One connection within a transaction. */
export interface Statements {
  query: Query;
  run: Run;
}

/** What a transaction came to: without `keep` nothing of it remains. */
export interface Outcome<T> {
  result: T;
  keep: boolean;
}

/** How long a statement may take. */
export const QUERY_TIMEOUT_MS = 30_000;

/** Runs `work` in a transaction that these statements begin. Aborting ends the query under way. */
export async function inTransaction<T>(
  pool: Pool,
  { begin, attempts, signal }: { begin: readonly string[]; attempts: number; signal: AbortSignal },
  work: (statements: Statements) => Promise<Outcome<T>>,
): Promise<T> {
  signal.throwIfAborted();
  const connection = await open(pool, begin, attempts);
  const abort = rejectOnAbort(signal);
  try {
    const statements = statementsOn(connection);
    const { result, keep } = await Promise.race([work(statements), abort.rejected]);
    await statements.run(keep ? 'commit' : 'rollback');
    connection.release();
    return result;
  } catch (error) {
    // Its transaction and whatever still runs on it end with the connection; the next user gets a fresh one.
    connection.destroy();
    signal.throwIfAborted();
    throw error;
  } finally {
    abort.forget();
  }
}

/** The driver leaves the promise of a query open for ever when its connection is destroyed; so the abort itself ends it. */
function rejectOnAbort(signal: AbortSignal): { rejected: Promise<never>; forget(): void } {
  let onAbort = (): void => undefined;
  const rejected = new Promise<never>((_, reject) => {
    onAbort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  return { rejected, forget: () => signal.removeEventListener('abort', onAbort) };
}

/** A pooled connection may have died unnoticed, say by a restart of the server: such are dropped until one answers. */
async function open(pool: Pool, begin: readonly string[], attempts: number): Promise<PoolConnection> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await openOnce(pool, begin);
    } catch (error) {
      if (attempt >= attempts || !isConnectionLost(error)) throw classifyMysqlError(error);
    }
  }
}

async function openOnce(pool: Pool, begin: readonly string[]): Promise<PoolConnection> {
  const connection = await pool.getConnection();
  try {
    const { run } = statementsOn(connection);
    for (const statement of begin) await run(statement);
    return connection;
  } catch (error) {
    connection.destroy();
    throw error;
  }
}

function statementsOn(connection: PoolConnection): Statements {
  return {
    query: async <Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> => {
      const rows = await answer(connection, sql, values);
      return Array.isArray(rows) ? (rows as Row[]) : [];
    },
    run: async (sql, values = []) => {
      const { affectedRows = 0, insertId = 0 } = (await answer(
        connection,
        sql,
        values,
      )) as Partial<ResultSetHeader>;
      return { rows: affectedRows, insertId };
    },
  };
}

/** Classifies here, and not around `work`: what else fails in there, such as our own storage, is not the CRM's trouble. */
async function answer(connection: PoolConnection, sql: string, values: readonly unknown[]): Promise<unknown> {
  try {
    const [rows] = await inTime(connection.query(sql, [...values]));
    return rows;
  } catch (error) {
    throw classifyMysqlError(error);
  }
}

/** Not the driver's own timeout: that one keeps its timer, and so the process, when the connection is lost. */
async function inTime<T>(response: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = Object.assign(new Error('The query took too long.'), { code: 'ER_QUERY_TIMEOUT' });
    timer = setTimeout(() => reject(error), QUERY_TIMEOUT_MS);
  });
  try {
    return await Promise.race([response, late]);
  } finally {
    clearTimeout(timer);
  }
}
