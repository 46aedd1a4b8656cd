import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@sync/standalone/dist/embedded-postgres/index.js';
import {
  DATABASE_TEST_URL,
  probeServices,
  SERVICE_TITLES,
  type ServiceFindings,
  type ServiceName,
} from '@sync/testing';
import type { Benchmark } from './benchmark.js';

/** The servers that the benchmarks may use. */
export interface Servers {
  /** Name and version of each that answered. */
  titles: string[];
  close(): Promise<void>;
}

const log = { info: () => undefined, warn: (line: string) => void process.stderr.write(`${line}\n`) };

/**
 * Makes sure of the servers that are needed. Where no Postgres answers, the embedded one is started, as `npm start` does;
 * a Redis or MariaDB that is missing is an error that says so.
 */
export async function openServers({ needs, mayUse }: Pick<Benchmark, 'needs' | 'mayUse'>): Promise<Servers> {
  let findings = await probeServices();
  let close = (): Promise<void> => Promise.resolve();
  if (needs.includes('postgres') && !findings.postgres.available) {
    close = await startPostgres();
    findings = await probeServices();
  }
  const missing = needs.map((name) => findings[name]).find(({ available }) => !available);
  if (missing && !missing.available) {
    await close();
    throw new Error(`This benchmark cannot run: ${missing.reason}.`);
  }
  const used = mayUse ? [...needs, mayUse] : needs;
  return { titles: used.map((name) => titleOf(name, findings)), close };
}

async function startPostgres(): Promise<() => Promise<void>> {
  const dataDirectory = await mkdtemp(join(tmpdir(), 'crm-xero-sync-bench-'));
  const server = await startEmbeddedPostgres({ dataDirectory, log });
  process.env[DATABASE_TEST_URL] = server.databaseUrl('postgres');
  return async () => {
    await server.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  };
}

function titleOf(name: ServiceName, findings: ServiceFindings): string {
  const finding = findings[name];
  return finding.available ? `${SERVICE_TITLES[name]} ${finding.version}` : `no ${SERVICE_TITLES[name]}`;
}
