import { Redis } from 'ioredis';
import { reasonOf } from '../reason-of.js';
import { doubtful, fine, type Finding, wrong } from './finding.js';

const about = 'queues';

/** Whether the queues have a server that keeps what it is given. */
export async function* examineQueues(redisUrl: string | null): AsyncGenerator<Finding> {
  if (redisUrl === null) {
    yield fine(about, 'they live in Postgres, as REDIS_URL is not set');
    return;
  }
  try {
    yield* judgeRedis(await infoOf(redisUrl));
  } catch (error) {
    const text = `Redis at ${new URL(redisUrl).host} does not let us in: ${reasonOf(error)}`;
    yield wrong(about, text, 'start Redis, and check address and password in REDIS_URL');
  }
}

/** `INFO` tells it all; `CONFIG` is closed with many providers. */
async function infoOf(redisUrl: string): Promise<ReadonlyMap<string, string>> {
  const client = new Redis(redisUrl, {
    lazyConnect: true,
    connectTimeout: 5_000,
    commandTimeout: 5_000,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  });
  let reason: unknown;
  client.on('error', (error: unknown) => {
    reason = error;
  });
  try {
    await client.connect();
    const lines = (await client.info()).split('\r\n');
    return new Map(
      lines.map((line): [string, string] => [line.split(':', 1)[0] ?? '', line.slice(line.indexOf(':') + 1)]),
    );
  } catch (error) {
    // The client only says that the connection is closed; why, it told its listener.
    throw reason ?? error;
  } finally {
    client.disconnect();
  }
}

/** What its `INFO` says of how Redis keeps doorbells. */
export function* judgeRedis(info: ReadonlyMap<string, string>): Generator<Finding> {
  yield fine(about, `Redis ${info.get('redis_version') ?? ''} answers`);
  const policy = info.get('maxmemory_policy');
  if (policy !== 'noeviction') {
    const text = `Redis may throw doorbells away when its memory is full (maxmemory-policy ${policy ?? 'unknown'})`;
    yield doubtful(about, text, 'set maxmemory-policy to noeviction');
  }
  if (info.get('aof_enabled') !== '1') {
    const text = 'Redis keeps no append-only file: a restart loses doorbells, which costs seconds, not data';
    yield doubtful(about, text, 'set appendonly to yes');
  }
}
