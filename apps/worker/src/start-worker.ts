import type { Service } from '@sync/composition';
import { ENTITIES } from '@sync/domain';
import { tick } from '@sync/engine';
import { type QueueWorker, startQueueWorker } from '@sync/queue';
import { type Beat, startBeat } from './beat.js';
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

/** Starts all of them; where one cannot start, those that did are closed again. */
async function startAll(starts: readonly (() => QueueWorker)[]): Promise<QueueWorker[]> {
  const started: QueueWorker[] = [];
  try {
    for (const start of starts) started.push(start());
    await Promise.all(started.map((worker) => worker.ready()));
    return started;
  } catch (error) {
    // One that is closed while it connects would keep its connection.
    await Promise.allSettled(started.map((worker) => worker.ready()));
    await Promise.allSettled(started.map((worker) => worker.close()));
    throw error;
  }
}

/** One worker for each queue. */
function startQueueWorkers({ parts, queueBackend: backend, log: logger, metrics }: Service) {
  const own = { backend, logger };
  return startAll([
    ...ENTITIES.map((queue) => () => {
      const handler = drainHandler({ parts, backend, metrics }, queue);
      return startQueueWorker({ ...own, queue, concurrency: DRAINS, handler });
    }),
    () => startQueueWorker({ ...own, queue: 'sweeps', concurrency: DRAINS, handler: sweepHandler(parts) }),
    () =>
      startQueueWorker({ ...own, queue: 'maintenance', concurrency: 2, handler: maintenanceHandler(parts) }),
  ]);
}

function startBeats({ parts, storage, log }: Service): Beat[] {
  const tidy = () => storage.housekeeping(parts.clock.now());
  return [
    startBeat({
      everyMs: TICK_MS,
      name: 'planner',
      log,
      work: async () => void (await storage.advisoryLock('planner', () => tick(parts))),
    }),
    startBeat({
      everyMs: HOUSEKEEPING_MS,
      name: 'housekeeping',
      log,
      work: async () => void (await storage.advisoryLock('housekeeping', tidy)),
    }),
  ];
}

/** Starts a worker on every queue, and the planner's beat; the planner works in one process at a time. */
export async function startWorker(service: Service): Promise<RunningWorker> {
  const workers = await startQueueWorkers(service);
  const beats = startBeats(service);
  service.log.info({ queues: workers.length }, 'worker started');
  return {
    stop: async () => {
      await Promise.all(beats.map((beat) => beat.stop()));
      await Promise.all(workers.map((worker) => worker.close()));
    },
  };
}
