import { judgeRedis } from './queues.js';

const texts = (info: [string, string][]) =>
  [...judgeRedis(new Map(info))].map(({ state, text }) => `${state} ${text}`);

const good: [string, string][] = [
  ['redis_version', '7.4.0'],
  ['maxmemory_policy', 'noeviction'],
  ['aof_enabled', '1'],
];

it('has nothing to say of a Redis that neither evicts nor forgets', () => {
  expect(texts(good)).toEqual(['ok Redis 7.4.0 answers']);
});

it('warns of one that may evict, or says nothing of it', () => {
  expect(texts([...good, ['maxmemory_policy', 'allkeys-lru']])).toContainEqual(
    expect.stringMatching(/^warning .*allkeys-lru/),
  );
  expect(texts(good.filter(([name]) => name !== 'maxmemory_policy'))).toContainEqual(
    expect.stringMatching(/^warning .*unknown/),
  );
});

it('warns of one without an append-only file', () => {
  expect(texts([...good, ['aof_enabled', '0']])).toContainEqual(
    expect.stringMatching(/^warning .*append-only/),
  );
});
