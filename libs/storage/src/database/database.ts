import type { DataSource, QueryRunner } from 'typeorm';
import type { StorageLogger } from './logger.js';
import { StorageError, storageError } from './storage-error.js';

const TRANSACTION_TRIES = 4;

/** Runs statements, on the pool or within one transaction. */
export interface Sql {
  /** The rows that the statement gives. The caller names their type: it is what the statement selects. */
  rows<Row extends object>(statement: string, parameters?: readonly unknown[]): Promise<Row[]>;
  /** How many rows the statement changed. */
  run(statement: string, parameters?: readonly unknown[]): Promise<number>;
}

/** The database: single statements on the pool, transactions, connections of one's own. */
export interface Database extends Sql {
  /** Commits when `work` resolves; repeats it when it lost against another transaction (deadlock, serialization). */
  transaction<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result>;
  /** Runs `work` on one connection, outside of a transaction. */
  ownConnection<Result>(work: (sql: Sql) => Promise<Result>): Promise<Result>;
}

/** Wraps a data source, so that every error leaves as a `StorageError` without parameters. */
export function openDatabase(source: DataSource, log: StorageLogger): Database {
  const ownConnection = <Result>(work: (sql: Sql) => Promise<Result>) =>
    withRunner(source, (_, sql) => work(sql));
  return {
    rows: (statement, parameters) => ownConnection((sql) => sql.rows(statement, parameters)),
    run: (statement, parameters) => ownConnection((sql) => sql.run(statement, parameters)),
    transaction: (work) => repeating(() => oneTransaction(source, work), log),
    ownConnection,
  };
}

/** Errors of `work` pass as they are: they may be anybody's, and theirs may bear codes of their own. */
async function withRunner<Result>(
  source: DataSource,
  work: (runner: QueryRunner, sql: Sql) => Promise<Result>,
): Promise<Result> {
  const runner = source.createQueryRunner();
  try {
    await translated(runner.connect());
    return await work(runner, sqlOf(runner));
  } finally {
    await runner.release();
  }
}

function oneTransaction<Result>(source: DataSource, work: (sql: Sql) => Promise<Result>): Promise<Result> {
  return withRunner(source, async (runner, sql) => {
    await translated(runner.startTransaction());
    try {
      const result = await work(sql);
      await translated(runner.commitTransaction());
      return result;
    } catch (error) {
      await rollback(runner);
      throw error;
    }
  });
}

/** A connection that is gone has rolled back by itself; the error that matters is the one before. */
async function rollback(runner: QueryRunner): Promise<void> {
  if (!runner.isTransactionActive) return;
  await runner.rollbackTransaction().catch(() => undefined);
}

function translated<Result>(answer: Promise<Result>): Promise<Result> {
  return answer.catch((error: unknown) => {
    throw storageError(error);
  });
}

async function repeating<Result>(attempt: () => Promise<Result>, log: StorageLogger): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      const again = error instanceof StorageError && error.repeatable && tries < TRANSACTION_TRIES;
      if (!again) throw error;
      log.warn({ code: error.code, tries }, 'a transaction lost against another one and is repeated');
    }
  }
}

function sqlOf(runner: QueryRunner): Sql {
  const query = (statement: string, parameters: readonly unknown[] = []) =>
    translated(runner.query(statement, [...parameters], true));
  return {
    rows: async <Row extends object>(statement: string, parameters?: readonly unknown[]) =>
      (await query(statement, parameters)).records as Row[],
    run: async (statement, parameters) => (await query(statement, parameters)).affected ?? 0,
  };
}
