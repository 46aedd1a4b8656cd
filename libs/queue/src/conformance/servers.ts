import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { Client } from 'pg';

/** Room of our own on a server: a new database, or a key prefix that nobody else has. */
export interface ServerSpace {
  /** What opens a backend in this room. */
  readonly place: { readonly redisUrl?: string; readonly databaseUrl?: string; readonly prefix: string };
  /** Loses everything at once, as FLUSHALL or a lost disk would, and nothing of anybody else's. */
  lose(): Promise<void>;
  drop(): Promise<void>;
}

/** A server that the rules are proven on. */
export interface ServerUnderTest {
  readonly kind: 'redis' | 'postgres';
  /** Why its rules are skipped; undefined if they run. */
  readonly skipped: string | undefined;
  openSpace(): Promise<ServerSpace>;
}

/** Jest needs to know what it skips before anything asynchronous, so another process tries to connect. */
function answers(url: string): boolean {
  const { hostname, port, protocol } = new URL(url);
  const target = { host: hostname, port: Number(port || (protocol === 'redis:' ? 6379 : 5432)) };
  const script = `require('net').connect(${JSON.stringify(target)}).on('connect', () => process.exit(0)).on('error', () => process.exit(1))`;
  return spawnSync(process.execPath, ['-e', script], { timeout: 5_000 }).status === 0;
}

function skipped(url: string, environment: NodeJS.ProcessEnv): string | undefined {
  if (environment['CI'] === 'true' || answers(url)) return undefined;
  return `skipped: no server at ${new URL(url).host}`;
}

async function openPostgresSpace(adminUrl: string, name: string): Promise<ServerSpace> {
  const admin = async (statement: string) => {
    const client = new Client({ connectionString: adminUrl });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  await admin(`create database ${name}`);
  const databaseUrl = Object.assign(new URL(adminUrl), { pathname: `/${name}` }).href;
  return {
    place: { databaseUrl, prefix: name },
    async lose() {
      const client = new Client({ connectionString: databaseUrl });
      await client.connect();
      await client
        .query('truncate bullmq.job, bullmq.dedup, bullmq.dedup_next, bullmq.job_log, bullmq.event cascade')
        .finally(() => client.end());
    },
    drop: () => admin(`drop database ${name} with (force)`),
  };
}

async function openRedisSpace(redisUrl: string, prefix: string): Promise<ServerSpace> {
  const client = new Redis(redisUrl);
  const lose = async () => {
    const keys = await client.keys(`${prefix}:*`);
    if (keys.length > 0) await client.del(keys);
  };
  return {
    place: { redisUrl, prefix },
    lose,
    async drop() {
      await lose();
      client.disconnect();
    },
  };
}

/** Both servers, each skipped where it is missing, except in CI, where it must be there. */
export function serversUnderTest(environment: NodeJS.ProcessEnv): readonly ServerUnderTest[] {
  const redisUrl = environment['REDIS_TEST_URL'] ?? 'redis://127.0.0.1:6379';
  const databaseUrl = environment['DATABASE_TEST_URL'] ?? 'postgres://root@127.0.0.1:5432/postgres';
  const name = () => `queue_test_${randomBytes(6).toString('hex')}`;
  return [
    {
      kind: 'redis',
      skipped: skipped(redisUrl, environment),
      openSpace: () => openRedisSpace(redisUrl, name()),
    },
    {
      kind: 'postgres',
      skipped: skipped(databaseUrl, environment),
      openSpace: () => openPostgresSpace(databaseUrl, name()),
    },
  ];
}
