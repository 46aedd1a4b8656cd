import { randomBytes } from 'node:crypto';
import { composeService, type Service } from '@sync/composition';
import { readConfig } from '@sync/config';
import { createLogger } from '@sync/observability';
import { type QueueWorker, startQueueWorker } from '@sync/queue';
import { createTestDatabase, describeWith, type TestDatabase } from '@sync/testing';
import { startWorker } from './start-worker.js';

describeWith(['postgres'], 'starting a worker', () => {
  let database: TestDatabase;
  let service: Service;
  const log = createLogger({ level: 'silent', role: 'spec' });

  beforeAll(async () => {
    database = await createTestDatabase();
    const encryptionKeys = `spec:${randomBytes(32).toString('base64')}`;
    const config = readConfig({ DATABASE_URL: database.url, ENCRYPTION_KEYS: encryptionKeys }, 'worker');
    service = await composeService({ config, role: 'worker', queueWorkers: 3, log });
  });
  afterAll(async () => {
    await service.close();
    await database.drop();
  });

  it('leaves no queue taken where one of its queues cannot be', async () => {
    await expect(startWorker(service)).rejects.toThrow('opened for 3 workers');
    const handler = async () => ({});
    const own = { backend: service.queueBackend, logger: log, concurrency: 1, handler };
    const again: QueueWorker[] = (['taxes', 'customers', 'items'] as const).map((queue) =>
      startQueueWorker({ ...own, queue }),
    );
    await Promise.all(again.map((worker) => worker.ready()));
    await Promise.all(again.map((worker) => worker.close()));
  });
});
