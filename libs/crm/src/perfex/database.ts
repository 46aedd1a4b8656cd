import { createPool, type Pool } from 'mysql2/promise';
import {
  inTransaction,
  type Outcome,
  type Query,
  QUERY_TIMEOUT_MS,
  type Statements,
} from './connection-session.js';
import { connectGuarded } from './guarded-socket.js';

export type { Query } from './connection-session.js';

/** Where the database is and how to log in. */
export interface DatabaseLogin {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
  /** TLS; without it the connection is plain. */
  ssl?: { ca?: string; rejectUnauthorized?: boolean };
  /** Addresses of private networks and of this machine are refused unless this is set. */
  allowPrivateAddresses?: boolean;
}

/** The database. Throws `SyncError`s only; aborting ends the query under way. */
export interface PerfexDatabase {
  /** Runs `work` on one consistent state of the data, only reading. */
  snapshot<T>(signal: AbortSignal, work: (query: Query) => Promise<T>): Promise<T>;
  /** Runs `work` in a transaction that may write; nothing of it remains when it throws or does not keep its outcome. */
  transaction<T>(signal: AbortSignal, work: (statements: Statements) => Promise<Outcome<T>>): Promise<T>;
  close(): Promise<void>;
}

const CONNECT_TIMEOUT_MS = 10_000;
const CONNECTIONS = 3;
const LOCK_WAIT_SECONDS = 5;

/**
 * A host's own defaults must not change what a query means, so every session sets its SQL mode. The server gives up
 * after the same time as we do, else an abandoned query would go on burdening it. MariaDB and MySQL name the limits
 * differently; each executes only its own comment. MySQL 8 would show a table's next id up to a day late.
 */
const session = (
  sqlMode: string,
): string => `set session sql_mode = '${sqlMode}', group_concat_max_len = 65536
  /*M!100101 , max_statement_time = ${QUERY_TIMEOUT_MS / 1000} */
  /*!50708 , max_execution_time = ${QUERY_TIMEOUT_MS} */
  /*!80003 , information_schema_stats_expiry = 0 */`;

const READING = [session(''), 'start transaction with consistent snapshot, read only'];
/** Strict, unlike Perfex itself: what does not fit must not be stored cut off. No snapshot before the locks are held. */
const WRITING = [
  session('STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION'),
  `set session innodb_lock_wait_timeout = ${LOCK_WAIT_SECONDS}`,
  'set session transaction isolation level repeatable read',
  'start transaction',
];

/** Prepares a small pool; connects at the first use. */
export function openDatabase(login: DatabaseLogin): PerfexDatabase {
  const pool = poolOf(login);
  const attempts = CONNECTIONS;
  return {
    snapshot: (signal, work) =>
      inTransaction(pool, { begin: READING, attempts, signal }, async ({ query }) => ({
        result: await work(query),
        keep: true,
      })),
    transaction: (signal, work) => inTransaction(pool, { begin: WRITING, attempts, signal }, work),
    close: () => pool.end(),
  };
}

function poolOf(login: DatabaseLogin): Pool {
  const { host, port, user, password, database, ssl, allowPrivateAddresses = false } = login;
  return createPool({
    host,
    port,
    user,
    password,
    database,
    ...(ssl === undefined ? {} : { ssl }),
    stream: () => connectGuarded({ host, port, allowPrivateAddresses }),
    charset: 'utf8mb4',
    dateStrings: true,
    supportBigNumbers: true,
    multipleStatements: false,
    connectTimeout: CONNECT_TIMEOUT_MS,
    connectionLimit: CONNECTIONS,
    maxIdle: 1,
    idleTimeout: 60_000,
  });
}
