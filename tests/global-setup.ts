import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type EmbeddedPostgres,
  startEmbeddedPostgres,
  stopStaleServer,
} from '@sync/standalone/dist/embedded-postgres/index.js';
import {
  beginTestRun,
  DATABASE_TEST_URL,
  dropMariaDatabaseLeftovers,
  dropPostgresLeftovers,
  probeServices,
  publishFindings,
  SERVICE_TITLES,
  type ServiceFindings,
  type ServiceName,
} from '@sync/testing';

/** What the teardown has to take away again. Both files run in one process, but share no modules. */
export interface TestRun {
  runId: string;
  postgres?: { server: EmbeddedPostgres; folder: string };
}

declare global {
  var testRun: TestRun | undefined;
}

const FOLDER_PREFIX = 'crm-xero-sync-tests-';

/** A test database is thrown away: a crash of the machine may lose it, and every commit is faster for that. */
const THROWAWAY = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  max_connections: '200',
};

const log = { info: say, warn: say };

/** Finds the servers of the specs, starts a Postgres where none answers, and says once what will be skipped. */
export default async function globalSetup(): Promise<void> {
  globalThis.testRun = { runId: beginTestRun() };
  await removeLeftFolders();
  let findings = await probeServices();
  if (!findings.postgres.available && process.env[DATABASE_TEST_URL] === undefined) {
    findings = (await startPostgres(globalThis.testRun)) ? await probeServices() : findings;
  }
  publishFindings(findings);
  report(findings);
  await dropLeftovers(findings);
}

/** False, with the reason printed, where Postgres cannot be started: then its specs are skipped, or fail in CI. */
async function startPostgres(run: TestRun): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), `${FOLDER_PREFIX}${process.pid}-`));
  try {
    const server = await startEmbeddedPostgres({ dataDirectory: folder, log, settings: THROWAWAY });
    run.postgres = { server, folder };
    process.env[DATABASE_TEST_URL] = server.databaseUrl('postgres');
    return true;
  } catch (error) {
    say(`no embedded Postgres: ${error instanceof Error ? error.message : String(error)}`);
    await rm(folder, { recursive: true, force: true });
    return false;
  }
}

/** Folders, and servers, of runs that were killed. */
async function removeLeftFolders(): Promise<void> {
  for (const name of (await readdir(tmpdir())).filter((each) => each.startsWith(FOLDER_PREFIX))) {
    const owner = Number(name.slice(FOLDER_PREFIX.length).split('-')[0]);
    if (!isRunning(owner)) {
      const folder = join(tmpdir(), name);
      await stopStaleServer(join(folder, 'postgres'), log);
      await rm(folder, { recursive: true, force: true });
    }
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function dropLeftovers(findings: ServiceFindings): Promise<void> {
  if (findings.postgres.available) {
    await dropPostgresLeftovers();
  }
  if (findings.mariadb.available) {
    await dropMariaDatabaseLeftovers();
  }
}

function report(findings: ServiceFindings): void {
  const services = Object.entries(findings) as [ServiceName, ServiceFindings[ServiceName]][];
  const found = services.flatMap(([name, each]) =>
    each.available ? [`${SERVICE_TITLES[name]} ${each.version}`] : [],
  );
  say(`servers for the specs: ${found.join(', ') || 'none'}`);
  for (const [, each] of services) {
    if (!each.available) {
      say(`specs that need it are ${process.env['CI'] === 'true' ? 'failed' : 'skipped'}: ${each.reason}`);
    }
  }
}

function say(message: string): void {
  process.stderr.write(`${message}\n`);
}
