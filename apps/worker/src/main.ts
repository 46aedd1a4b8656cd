import { composeService, runProcess } from '@sync/composition';
import { processEnvironment, readConfig } from '@sync/config';
import { serveMetrics } from './metrics-listener.js';
import { QUEUE_WORKERS, startWorker } from './start-worker.js';

runProcess('worker', async () => {
  const config = readConfig(processEnvironment(), 'worker');
  const service = await composeService({ config, role: 'worker', queueWorkers: QUEUE_WORKERS });
  const { log, metrics } = service;
  const figures = config.workerMetrics && (await serveMetrics(metrics, config.workerMetrics, log));
  if (figures) log.info({ port: figures.port }, 'worker serves metrics');
  const worker = await startWorker(service);
  return async () => {
    await worker.stop();
    await figures?.close();
    await service.close();
  };
});
