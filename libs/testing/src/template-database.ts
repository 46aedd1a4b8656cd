import { createHash } from 'node:crypto';
import { type Client, escapeIdentifier } from 'pg';
import { dropTestDatabase, onMaintenanceDatabase, testDatabaseUrl } from './postgres-server.js';
import { TEST_NAME_PREFIX, testRunId } from './test-run.js';

const TEMPLATE_PREFIX = `${TEST_NAME_PREFIX}template_`;
const LOCK_SPACE = 0x7e57;

/** How a fresh database is filled. */
export interface TestDatabaseOptions {
  /** Brings an empty database to the state that the spec starts from. */
  migrate?: (url: string) => Promise<void>;
  /**
   * A name for what `migrate` makes. With it `migrate` runs once in a test run, and every further database is a copy
   * (about 50 ms); the same name must always mean the same `migrate`. Without it `migrate` runs every time.
   */
  template?: string;
}

/**
 * The name of the migrated template database, made by whichever worker comes first; undefined where nothing may be
 * cached: no name, or no run to which the cache would belong.
 */
export async function ensureTemplate(options: TestDatabaseOptions): Promise<string | undefined> {
  const { migrate, template } = options;
  const runId = testRunId();
  if (migrate === undefined || template === undefined || runId === undefined) {
    return undefined;
  }
  const name = templateName(runId, template);
  await onMaintenanceDatabase(async (client) => {
    await client.query('select pg_advisory_lock($1, hashtext($2))', [LOCK_SPACE, name]);
    if (!(await isFinished(client, name))) {
      await buildTemplate(client, name, migrate);
    }
  });
  return name;
}

/** Removes the templates of one run. */
export async function dropTemplates(runId: string): Promise<void> {
  const names = await onMaintenanceDatabase(async (client) => {
    const { rows } = await client.query<{ datname: string }>('select datname from pg_database');
    return rows.map((row) => row.datname).filter((name) => name.endsWith(`_${runId}`));
  });
  for (const name of names.filter((each) => each.startsWith(TEMPLATE_PREFIX))) {
    await onMaintenanceDatabase((client) =>
      client.query(`alter database ${escapeIdentifier(name)} is_template false`),
    );
    await dropTestDatabase(name);
  }
}

function templateName(runId: string, template: string): string {
  const digest = createHash('sha256').update(template).digest('hex').slice(0, 10);
  return `${TEMPLATE_PREFIX}${digest}_${runId}`;
}

/** `is_template` is set last: a template whose migration was cut off is never taken for a good one. */
async function isFinished(client: Client, name: string): Promise<boolean> {
  const { rows } = await client.query<{ datistemplate: boolean }>(
    'select datistemplate from pg_database where datname = $1',
    [name],
  );
  return rows[0]?.datistemplate === true;
}

async function buildTemplate(
  client: Client,
  name: string,
  migrate: (url: string) => Promise<void>,
): Promise<void> {
  await client.query(`drop database if exists ${escapeIdentifier(name)} with (force)`);
  await client.query(`create database ${escapeIdentifier(name)} template template0`);
  await migrate(testDatabaseUrl(name));
  await client.query(`alter database ${escapeIdentifier(name)} is_template true`);
}
