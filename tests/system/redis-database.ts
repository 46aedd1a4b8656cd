import { randomInt } from 'node:crypto';
import { redisTestUrl } from '@sync/testing';
import { Redis } from 'ioredis';

/** Databases of a Redis server as it comes; number 0 is left to whatever else runs on it. */
const DATABASES = 16;

/** Says that a database is taken; a claim that nobody gave back runs out by itself. */
const CLAIM = { key: 'taken-by-a-test', seconds: 3600 };

/** A Redis database that nobody else uses. */
export interface RedisDatabase {
  url: string;
  /** Loses everything in it, as a Redis does that is started anew without its files. */
  flush(): Promise<void>;
  /** Empties it and gives it back. */
  close(): Promise<void>;
}

/** Takes an empty database of the test Redis. */
export async function openRedisDatabase(): Promise<RedisDatabase> {
  const first = randomInt(1, DATABASES);
  for (let step = 0; step < DATABASES - 1; step += 1) {
    const database = ((first - 1 + step) % (DATABASES - 1)) + 1;
    const taken = await take(`${redisTestUrl()}/${database}`);
    if (taken) return taken;
  }
  throw new Error('every database of the test Redis is in use; empty one that is a leftover');
}

async function take(url: string): Promise<RedisDatabase | null> {
  const redis = new Redis(url, { maxRetriesPerRequest: 1 });
  const isEmpty = (await redis.dbsize()) === 0;
  if (!isEmpty || (await redis.set(CLAIM.key, '1', 'EX', CLAIM.seconds, 'NX')) === null) {
    redis.disconnect();
    return null;
  }
  return {
    url,
    flush: async () => {
      await redis.multi().flushdb().set(CLAIM.key, '1', 'EX', CLAIM.seconds).exec();
    },
    close: async () => {
      await redis.flushdb();
      redis.disconnect();
    },
  };
}
