import { Redis } from 'ioredis';
import { describeWith } from './describe-with.js';
import { createRedisPrefix } from './redis-prefix.js';

describeWith(['redis'], 'createRedisPrefix', () => {
  it('clears its own keys and nobody else’s', async () => {
    const mine = createRedisPrefix('mine');
    const other = createRedisPrefix('mine');
    const redis = new Redis(mine.url);
    await redis.mset(Object.fromEntries(Array.from({ length: 1200 }, (_, i) => [`${mine.prefix}:${i}`, i])));
    await redis.set(`${other.prefix}:1`, 'theirs');
    await mine.clear();
    await expect(redis.keys(`${mine.prefix}*`)).resolves.toEqual([]);
    await expect(redis.get(`${other.prefix}:1`)).resolves.toBe('theirs');
    await other.clear();
    redis.disconnect();
  });
});
