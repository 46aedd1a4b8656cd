import type { Service } from '@sync/composition';
import { ENTITIES } from '@sync/domain';
import { tick } from '@sync/engine';
import { type QueueWorker, startQueueWorker } from '@sync/queue';
import { startBeat } from './beat.js';
import { drainHandler } from './drain-handler.js';
import { maintenanceHandler } from './maintenance-handler.js';
import { sweepHandler } from './sweep-handler.js';

/** How often the ledger is looked into for what is due. */
const TICK_MS = 1_500;

/** How often old rows are cleared away. */
const HOUSEKEEPING_MS = 60 * 60_000;

/** Organizations that one process drains at the same time, for each entity. */
const DRAINS = 4;

/** How many queue workers a process starts; the queue's connections are counted by it. */
export const QUEUE_WORKERS = ENTITIES.length + 2;

/** A running worker. */
export interface RunningWorker {
  /** Lets what is under way end, and takes nothing new. */
  stop(): Promise<void>;
}

/** Starts a worker on every queue, and the planner's beat; the planner works in one process at a time. */
export async function startWorker(service: Service): Promise<RunningWorker> {
  const { parts, storage, queueBackend: backend, log: logger, metrics } = service;
  const ofQueue = { backend, logger };
  const workers: QueueWorker[] = [
    ...ENTITIES.map((queue) =>
      startQueueWorker({
        ...ofQueue,
        queue,
        concurrency: DRAINS,
        handler: drainHandler({ parts, backend, metrics }, queue),
      }),
    ),
    startQueueWorker({ ...ofQueue, queue: 'sweeps', concurrency: DRAINS, handler: sweepHandler(parts) }),
    startQueueWorker({
      ...ofQueue,
      queue: 'maintenance',
      concurrency: 2,
      handler: maintenanceHandler(parts),
    }),
  ];
  await Promise.all(workers.map((worker) => worker.ready()));
  const beats = [
    startBeat({
      everyMs: TICK_MS,
      name: 'planner',
      log: logger,
      work: async () => void (await storage.advisoryLock('planner', () => tick(parts))),
    }),
    startBeat({
      everyMs: HOUSEKEEPING_MS,
      name: 'housekeeping',
      log: logger,
      work: async () =>
        void (await storage.advisoryLock('housekeeping', () => storage.housekeeping(parts.clock.now()))),
    }),
  ];
  logger.info({ queues: workers.length }, 'worker started');
  return {
    stop: async () => {
      await Promise.all(beats.map((beat) => beat.stop()));
      await Promise.all(workers.map((worker) => worker.close()));
    },
  };
}
