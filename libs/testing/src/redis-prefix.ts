import { randomBytes } from 'node:crypto';
import { Redis } from 'ioredis';
import { redisTestUrl } from './service-addresses.js';

/** A key prefix on the test Redis that belongs to one spec. */
export interface RedisPrefix {
  prefix: string;
  url: string;
  /** Removes every key under the prefix, and nothing else: other specs use the same server. */
  clear(): Promise<void>;
}

/** Makes a prefix nobody else has; `clear` it in `afterAll`. */
export function createRedisPrefix(label: string): RedisPrefix {
  const prefix = `sync-test-${label}-${randomBytes(4).toString('hex')}`;
  return { prefix, url: redisTestUrl(), clear: () => deleteKeys(`${prefix}*`) };
}

async function deleteKeys(pattern: string): Promise<void> {
  const redis = new Redis(redisTestUrl(), { maxRetriesPerRequest: 1 });
  try {
    for await (const keys of redis.scanStream({ match: pattern, count: 500 }) as AsyncIterable<string[]>) {
      if (keys.length > 0) {
        await redis.unlink(keys);
      }
    }
  } finally {
    redis.disconnect();
  }
}
