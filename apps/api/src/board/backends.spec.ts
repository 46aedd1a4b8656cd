import { randomInt } from 'node:crypto';
import { type QueueWorker, startQueueWorker } from '@sync/queue';
import { createTestDatabase, describeWith, redisTestUrl, type TestDatabase, waitUntil } from '@sync/testing';
import { adminCookie } from '../testing/admin-login.js';
import { type ApiUnderTest, startApiUnderTest } from '../testing/api-under-test.js';

/** Each run takes a database number of its own, so that two of them do not see each other's jobs. */
const redisUrl = () => `${redisTestUrl()}/${randomInt(1, 16)}`;

const backends = [
  { name: 'Postgres', services: ['postgres'] as const, environment: () => ({}) },
  { name: 'Redis', services: ['postgres', 'redis'] as const, environment: () => ({ REDIS_URL: redisUrl() }) },
];

interface ShownJob {
  id: string;
  name: string;
  failedReason?: string;
  returnValue?: unknown;
}

for (const { name, services, environment } of backends) {
  describeWith(services, `Bull Board on ${name}`, () => {
    let database: TestDatabase;
    let api: ApiUnderTest;
    let worker: QueueWorker | undefined;
    let cookie: string;

    beforeAll(async () => {
      database = await createTestDatabase();
      api = await startApiUnderTest(database.url, environment(), 1);
      cookie = await adminCookie(api);
    });
    afterAll(async () => {
      await worker?.close();
      await api.service.queueBackend.queue('items').obliterate({ force: true });
      await api.close();
      await database.drop();
    });

    async function shown(status: string): Promise<ShownJob[]> {
      const path = `/queues/api/queues?activeQueue=items&status=${status}&page=1&jobsPerPage=10`;
      const { body } = await api.call(`get ${path}`, { headers: { cookie } });
      const queues = body['queues'] as { name: string; jobs: ShownJob[] }[];
      return queues.find((queue) => queue.name === 'items')?.jobs ?? [];
    }

    it('shows a failed job by a readable name, and a retry runs it to its end', async () => {
      let tries = 0;
      worker = startQueueWorker({
        backend: api.service.queueBackend,
        queue: 'items',
        concurrency: 1,
        logger: api.service.log,
        handler: async () => {
          tries += 1;
          if (tries === 1) throw new Error('the database was away, password=CANARY');
          return { result: 'drained', writingCalls: 1 };
        },
      });
      await worker.ready();
      const queue = api.service.queueBackend.queue('items');
      const payload = { v: 1, organizationId: 'org-1' };
      await queue.add('Acme Ltd · items', payload, { priority: 1, attempts: 1 });

      const [failed] = await waitUntil(async () => nonEmpty(await shown('failed')), { what: 'a failed job' });
      expect(failed?.name).toBe('Acme Ltd · items');
      expect(failed?.failedReason).not.toContain('CANARY');
      const retry = `put /queues/api/queues/items/${failed?.id}/retry`;
      expect((await api.call(retry, { headers: { cookie } })).status).toBeLessThan(300);

      const [completed] = await waitUntil(async () => nonEmpty(await shown('completed')), {
        what: 'the retried job',
      });
      expect(completed).toMatchObject({
        id: failed?.id,
        returnValue: { result: 'drained', writingCalls: 1 },
      });
    });
  });
}

function nonEmpty<T>(list: T[]): T[] | undefined {
  return list.length > 0 ? list : undefined;
}
