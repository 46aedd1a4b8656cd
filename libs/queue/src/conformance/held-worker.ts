import { openQueueBackend, startQueueWorker } from '../index.js';

/**
 * A worker process that takes a job and never ends it: killed, it leaves behind what a crash leaves behind. Its
 * one argument is the JSON of the place of its backend; it writes `holding` once it has the job.
 */
async function main(place: string): Promise<void> {
  const silent = { info: () => {}, warn: () => {}, error: () => {} };
  const backend = await openQueueBackend({ ...JSON.parse(place), workers: 1, logger: silent });
  startQueueWorker({
    backend,
    queue: 'invoices',
    concurrency: 1,
    logger: silent,
    async handler() {
      process.stdout.write('holding');
      return new Promise(() => {});
    },
  });
}

void main(process.argv[1] ?? '{}');
