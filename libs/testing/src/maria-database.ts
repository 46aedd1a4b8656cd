import { type Connection, createConnection } from 'mysql2/promise';
import { MARIADB_ADMINISTRATOR } from './service-addresses.js';
import { uniqueTestName } from './test-run.js';

/** What mysql2 needs to log in. */
export interface MariaConnectionOptions {
  host: string;
  port: number;
  user: string;
  password: string;
  database: string;
}

/** A MariaDB database that belongs to one spec. */
export interface MariaDatabase {
  /** The administrator's login, for schema and rows. */
  options: MariaConnectionOptions;
  /** The login of a user who may only read this database, as a CRM's owner would hand out. */
  readOnly: MariaConnectionOptions;
  /** A connection as administrator, in the asked-for SQL mode; the caller ends it. */
  connect(): Promise<Connection>;
  /** Removes the database and its reader. */
  drop(): Promise<void>;
}

/** How the database is set up. */
export interface MariaDatabaseOptions {
  /** Character set of the database, `utf8mb4` unless told; older CRMs have `utf8` or `latin1`. */
  charset?: string;
  /**
   * SQL mode of the sessions that `connect` opens, such as '' for the lax mode of shared hosting. A mode belongs to a
   * session: other connections keep the server's.
   */
  sqlMode?: string;
}

/** Creates a MariaDB database of one's own; drop it in `afterAll`. */
export async function createMariaDatabase(settings: MariaDatabaseOptions = {}): Promise<MariaDatabase> {
  const name = uniqueTestName();
  await asAdministrator(async (administrator) => {
    await administrator.query('create database ?? character set ?', [name, settings.charset ?? 'utf8mb4']);
    await administrator.query('create user ?@? identified by ?', [name, '%', name]);
    await administrator.query('grant select on ??.* to ?@?', [name, name, '%']);
  });
  const options = { ...MARIADB_ADMINISTRATOR, database: name };
  return {
    options,
    readOnly: { ...options, user: name, password: name },
    connect: () => connectInMode(options, settings.sqlMode),
    drop: () => dropMariaDatabase(name),
  };
}

async function connectInMode(options: MariaConnectionOptions, sqlMode?: string): Promise<Connection> {
  const connection = await createConnection({ ...options, multipleStatements: true });
  if (sqlMode !== undefined) {
    await connection.query('set session sql_mode = ?', [sqlMode]);
  }
  return connection;
}

async function dropMariaDatabase(name: string): Promise<void> {
  await asAdministrator(async (administrator) => {
    await administrator.query('drop database if exists ??', [name]);
    await administrator.query('drop user if exists ?@?', [name, '%']);
  });
}

async function asAdministrator(work: (administrator: Connection) => Promise<void>): Promise<void> {
  const administrator = await createConnection(MARIADB_ADMINISTRATOR);
  try {
    await work(administrator);
  } finally {
    await administrator.end();
  }
}
