import { type BackendFactory, createPostgresBackend, type PgPool, runMigrations, Worker } from 'bullmq';
import { Pool } from 'pg';
import type { BackendWorker, QueueBackend } from './backend.js';
import { connectionWarnings } from './connection-warnings.js';
import type { QueueLogger } from './logger.js';
import { openQueueShelf, type QueueShelf } from './queue-shelf.js';
import { within } from './within.js';

interface PostgresBackendOptions {
  readonly databaseUrl: string;
  readonly workers: number;
  readonly logger: QueueLogger;
}

/** Connections for everything but the workers' LISTEN: rings, fetching, completing, Bull Board. */
const sharedConnections = 8;

/** BullMQ's schema; a pool that is handed in cannot choose another one. */
const schema = 'bullmq';

/**
 * Every worker keeps one client of the pool for LISTEN for good. A pool that is too small hangs without an error,
 * so its size follows from the number of workers, and waiting for a client ends in an error.
 */
function openPool({ databaseUrl, workers, logger }: PostgresBackendOptions): Pool {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: workers + sharedConnections,
    options: `-c search_path=${schema}`,
    application_name: 'crm-xero-sync queues',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  pool.setMaxListeners(0);
  pool.on('error', connectionWarnings(logger, 'Postgres connection of the queues failed'));
  return pool;
}

async function migrate(pool: Pool): Promise<void> {
  try {
    const client = await pool.connect();
    try {
      await runMigrations(client, schema);
    } finally {
      client.release();
    }
  } catch (cause) {
    throw new Error('The queues cannot use Postgres; check DATABASE_URL and its rights', { cause });
  }
}

/**
 * BullMQ takes the pool as its connection; binding it here gives both backends the same types. The cast bridges
 * two spellings of the same event listeners in the types of pg and of BullMQ.
 */
function poolFactory(pool: Pool): BackendFactory {
  return (name, options, kind) =>
    createPostgresBackend(name, { ...options, connection: pool as PgPool }, kind);
}

/** Refuses the worker that would leave the pool without a connection to work with. */
function admission(limit: number): (open: () => BackendWorker) => BackendWorker {
  let working = 0;
  return (open) => {
    if (working >= limit) {
      throw new Error(`The queue backend was opened for ${limit} workers; one more would block its pool`);
    }
    const worker = open();
    working += 1;
    worker.once('closed', () => {
      working -= 1;
    });
    return worker;
  };
}

/** The queues on their pool; where they cannot be opened, the pool does not stay open. */
async function openShelf(pool: Pool, shelf: Parameters<typeof openQueueShelf>[0]): Promise<QueueShelf> {
  try {
    await migrate(pool);
    return await openQueueShelf(shelf);
  } catch (error) {
    await pool.end();
    throw error;
  }
}

/** The doorbells in Postgres: one pool for all queues and workers. */
export async function openPostgresBackend(options: PostgresBackendOptions): Promise<QueueBackend> {
  const pool = openPool(options);
  const factory = poolFactory(pool);
  const boundByFactory = { connection: {} };
  const shelf = await openShelf(pool, { factory, options: boundByFactory, logger: options.logger });
  const admit = admission(options.workers);
  return {
    kind: 'postgres',
    queue: (name) => shelf.get(name),
    openWorker: (name, process, own) =>
      admit(() => new Worker(name, process, { ...own, ...boundByFactory }, factory)),
    async ping() {
      await within(5_000, 'Postgres', pool.query('select 1'));
    },
    async close() {
      await shelf.close();
      await pool.end();
    },
  };
}
