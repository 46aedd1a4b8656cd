import {
  createBell,
  openQueueBackend,
  type QueueBackend,
  type QueueBackendOptions,
  startQueueWorker,
} from '@sync/queue';
import { createRedisPrefix, createTestDatabase, probeServices } from '@sync/testing';
import type { Benchmark, Sample, Subject } from './benchmark.js';
import { percentile } from './measure.js';

/** From the ring to the first line of the handler, one after another, so that nothing waits behind anything. */
export const queue: Benchmark = {
  about: 'from the ring to the handler, on Redis (where one answers) and on Postgres: p50 and p99',
  rounds: 5,
  size: 200,
  needs: ['postgres'],
  mayUse: 'redis',
  open: async (size) => {
    const lines = await Promise.all([redisLine(), postgresLine()]);
    const open = lines.filter((line) => line !== null);
    return {
      round: async () => {
        const samples: Sample[] = [];
        for (const line of open) samples.push(...(await ringAll(line, size)));
        return samples;
      },
      close: async () => void (await Promise.all(open.map((line) => line.close()))),
    } satisfies Subject;
  },
};

const content = {
  queue: 'invoices',
  organizationName: 'Acme Ltd',
  label: 'invoices',
  priority: 'event',
} as const;

/** A bell, a worker that listens, and the queue between them. */
interface Line {
  kind: QueueBackend['kind'];
  /** Rings for one organization; resolves with the ms until the handler ran. */
  ring(organizationId: string): Promise<number>;
  close(): Promise<void>;
}

async function ringAll({ kind, ring }: Line, rings: number): Promise<Sample[]> {
  const taken: number[] = [];
  for (let n = 0; n < rings; n += 1) taken.push(await ring(`org-${n}`));
  return [50, 99].map((percent) => ({
    figure: `ring to handler on ${kind}, p${percent}`,
    value: percentile(taken, percent),
    unit: 'ms',
  }));
}

async function redisLine(): Promise<Line | null> {
  const { redis } = await probeServices();
  if (!redis.available) {
    process.stderr.write(`left out: ${redis.reason}\n`);
    return null;
  }
  const { prefix, url, clear } = createRedisPrefix('bench');
  return openLine({ redisUrl: url, prefix }, clear);
}

async function postgresLine(): Promise<Line> {
  const database = await createTestDatabase();
  return openLine({ databaseUrl: database.url }, () => database.drop());
}

const logger = {
  info: () => undefined,
  warn: (_: object, message: string) => void process.stderr.write(`${message}\n`),
  error: (_: object, message: string) => void process.stderr.write(`${message}\n`),
};

async function openLine(place: Partial<QueueBackendOptions>, remove: () => Promise<void>): Promise<Line> {
  const backend = await openQueueBackend({ ...place, workers: 1, logger });
  const heard = new Map<string, (at: number) => void>();
  const bell = createBell({ backend, logger });
  const worker = startQueueWorker({
    backend,
    queue: 'invoices',
    concurrency: 4,
    logger,
    handler: ({ organizationId }) => {
      heard.get(organizationId)?.(performance.now());
      return Promise.resolve({});
    },
  });
  await worker.ready();
  return {
    kind: backend.kind,
    ring: async (organizationId) => {
      const ran = new Promise<number>((resolve) => heard.set(organizationId, resolve));
      const start = performance.now();
      const outcome = await bell.ring({ ...content, organizationId });
      if (outcome === 'not-rung') throw new Error(`the ${backend.kind} of the queues did not take a ring`);
      return (await ran) - start;
    },
    close: async () => {
      await worker.close();
      await backend.close();
      await remove();
    },
  };
}
