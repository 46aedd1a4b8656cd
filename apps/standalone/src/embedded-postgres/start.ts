import { realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { openLocalSecrets } from '../local-secrets.js';
import { StartError } from '../start-error.js';
import type { StartLog } from '../start-log.js';
import { ensureDatabase } from './application-database.js';
import { runnableBinaries } from './binaries.js';
import { ensureCluster, OWNER_ROLE } from './cluster.js';
import { makeOpenFolder } from './copy-open-tree.js';
import { explainFailure } from './explain-failure.js';
import { locatePlatformPackage } from './platform-package.js';
import type { ServerSettings } from './postmaster-arguments.js';
import { closedFolder } from './reachability.js';
import { type ServerAccount, serverAccount } from './server-account.js';
import { stopStaleServer } from './stale-server.js';
import { type RunningServer, startServer } from './start-server.js';

/** The database that the service uses. */
const APPLICATION_DATABASE = 'crm_xero_sync';

/** How the embedded Postgres is started. */
export interface EmbeddedPostgresOptions {
  /**
   * Where data, secrets and, if need be, a copy of the binaries are kept. The caller holds its lock (`openDataDirectory`): a
   * server that still runs on this data is taken for one that a killed start left behind, and stopped.
   */
  dataDirectory: string;
  log: StartLog;
  /** Parameters of postgresql.conf. Never `fsync: 'off'` for data that anyone wants to keep. */
  settings?: ServerSettings;
}

/** A Postgres server of our own, for trying out and for tests, never for production. */
export interface EmbeddedPostgres {
  /** URL of the service's database, with user and password: a secret. */
  url: string;
  /** The same for another database of this server, which must exist. */
  databaseUrl: (name: string) => string;
  /** Shuts down cleanly and waits for the end; harmless when called twice. */
  stop: () => Promise<void>;
  /** Whether this start made the data. */
  firstStart: boolean;
}

/** Starts Postgres on the data in a folder, which is made at the first start. Rejects with a StartError that says what to do. */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const account = serverAccount();
  const dataDirectory = await prepareFolder(options.dataDirectory, account);
  const { databasePassword } = await openLocalSecrets(dataDirectory);
  const { server, firstStart } = await bringUp({ ...options, dataDirectory }, account, databasePassword);
  const databaseUrl = (name: string): string =>
    `postgres://${OWNER_ROLE}:${encodeURIComponent(databasePassword)}@127.0.0.1:${server.port}/${name}`;
  let stopping: Promise<void> | undefined;
  const stop = (): Promise<void> => (stopping ??= server.postmaster.stop());
  void server.postmaster.ended.then(() => {
    if (stopping === undefined) {
      options.log.warn(`Postgres has ended by itself; its last words are in ${dataDirectory}/postgres.log`);
    }
  });
  try {
    await ensureDatabase(databaseUrl('postgres'), APPLICATION_DATABASE);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: databaseUrl(APPLICATION_DATABASE), databaseUrl, stop, firstStart };
}

async function bringUp(
  { dataDirectory, log, settings = {} }: EmbeddedPostgresOptions,
  account: ServerAccount | undefined,
  password: string,
): Promise<{ server: RunningServer; firstStart: boolean }> {
  const cluster = join(dataDirectory, 'postgres');
  const installed = locatePlatformPackage();
  await stopStaleServer(cluster, log);
  const binaries = await copyExplained(
    () => runnableBinaries({ installed, dataDirectory, account, log }),
    dataDirectory,
  );
  const { version } = installed;
  const firstStart = await ensureCluster({ folder: cluster, binaries, version, account, password });
  const logFile = join(dataDirectory, 'postgres.log');
  const server = await startServer(dataDirectory, { binaries, cluster, account, logFile, settings });
  return { server, firstStart };
}

/** The folder's real path: the command line of a server that was left behind is compared with it. */
async function prepareFolder(folder: string, account: ServerAccount | undefined): Promise<string> {
  if (account !== undefined) {
    await copyExplained(() => makeOpenFolder(folder), folder);
    const closed = await closedFolder(folder);
    if (closed !== undefined) {
      throw new StartError(
        `Postgres runs as "nobody" when root starts it, and "nobody" cannot enter ${closed}.`,
        `Let others enter it (chmod o+x ${closed}), start as an ordinary user, or set DATABASE_URL.`,
      );
    }
  }
  return realpath(folder);
}

async function copyExplained<T>(work: () => Promise<T>, where: string): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw explainFailure({ what: 'The data directory could not be prepared', where, cause });
  }
}
