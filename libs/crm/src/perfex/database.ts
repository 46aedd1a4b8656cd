import { createPool, type Pool, type PoolConnection } from 'mysql2/promise';
import { connectGuarded } from './guarded-socket.js';
import { classifyMysqlError, isConnectionLost } from './mysql-errors.js';

/** Runs one statement and gives its rows; decimals and dates come as text. */
export type Query = <Row>(sql: string, values?: readonly unknown[]) => Promise<Row[]>;

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

/** The database, only ever read. */
export interface PerfexDatabase {
  /** Runs `work` on one consistent state of the data. Throws `SyncError`s only; aborting ends the query under way. */
  snapshot<T>(signal: AbortSignal, work: (query: Query) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const QUERY_TIMEOUT_MS = 30_000;
const CONNECT_TIMEOUT_MS = 10_000;
const CONNECTIONS = 3;

/**
 * A host's own defaults must not change what a query means, so every session sets its SQL mode. The server gives up
 * after the same time as we do, else an abandoned query would go on burdening it. MariaDB and MySQL name the limits
 * differently; each executes only its own comment. MySQL 8 would show a table's next id up to a day late.
 */
const SESSION = `set session sql_mode = '', group_concat_max_len = 65536
  /*M!100101 , max_statement_time = ${QUERY_TIMEOUT_MS / 1000} */
  /*!50708 , max_execution_time = ${QUERY_TIMEOUT_MS} */
  /*!80003 , information_schema_stats_expiry = 0 */`;

/** Prepares a small pool; connects at the first use. */
export function openDatabase(login: DatabaseLogin): PerfexDatabase {
  const { host, port, user, password, database, ssl, allowPrivateAddresses = false } = login;
  const pool = createPool({
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
  return {
    snapshot: (signal, work) => snapshot(pool, signal, work),
    close: () => pool.end(),
  };
}

async function snapshot<T>(pool: Pool, signal: AbortSignal, work: (query: Query) => Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const connection = await beginReading(pool);
  const abort = rejectOnAbort(signal);
  try {
    const query = queryOn(connection);
    const result = await Promise.race([work(query), abort.rejected]);
    await query('commit');
    connection.release();
    return result;
  } catch (error) {
    // Its transaction and whatever still runs on it end with the connection; the next reader gets a fresh one.
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
async function beginReading(pool: Pool): Promise<PoolConnection> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await beginOnce(pool);
    } catch (error) {
      if (attempt >= CONNECTIONS || !isConnectionLost(error)) throw classifyMysqlError(error);
    }
  }
}

async function beginOnce(pool: Pool): Promise<PoolConnection> {
  const connection = await pool.getConnection();
  try {
    const query = queryOn(connection);
    await query(SESSION);
    await query('start transaction with consistent snapshot, read only');
    return connection;
  } catch (error) {
    connection.destroy();
    throw error;
  }
}

/** Classifies here, and not around `work`: what else fails in there, such as our own storage, is not the CRM's trouble. */
function queryOn(connection: PoolConnection): Query {
  return async <Row>(sql: string, values: readonly unknown[] = []): Promise<Row[]> => {
    try {
      const [rows] = await inTime(connection.query(sql, [...values]));
      return Array.isArray(rows) ? (rows as Row[]) : [];
    } catch (error) {
      throw classifyMysqlError(error);
    }
  };
}

/** Not the driver's own timeout: that one keeps its timer, and so the process, when the connection is lost. */
async function inTime<T>(answer: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const error = Object.assign(new Error('The query took too long.'), { code: 'ER_QUERY_TIMEOUT' });
    timer = setTimeout(() => reject(error), QUERY_TIMEOUT_MS);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    clearTimeout(timer);
  }
}
