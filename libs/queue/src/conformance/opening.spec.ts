import { setTimeout as sleep } from 'node:timers/promises';
import { openQueueBackend } from '../index.js';
import { eventually } from './bench.js';
import { openRelay } from './relay.js';
import { type ServerSpace, serversUnderTest } from './servers.js';

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

for (const server of serversUnderTest(process.env)) {
  const describeIt = server.skipped ? describe.skip : describe;
  describeIt(`opening ${server.kind} ${server.skipped ?? ''}`, () => {
    let space: ServerSpace;
    beforeAll(async () => {
      space = await server.openSpace();
    });
    afterAll(() => space.drop());

    it('leaves no connection behind where it fails half-way', async () => {
      const { redisUrl, databaseUrl = '', prefix } = space.place;
      const relay = await openRelay(redisUrl ?? databaseUrl, 1);
      const place = redisUrl ? { redisUrl: relay.url } : { databaseUrl: relay.url };
      const opening = openQueueBackend({ ...place, prefix, workers: 2, logger: silent });
      await expect(opening).rejects.toThrow();
      await eventually(async () => relay.open() === 0 || undefined, 3_000);
      await sleep(300);
      expect(relay.open()).toBe(0);
      await relay.cut();
    });
  });
}
