import { composeService, runProcess } from '@sync/composition';
import { processEnvironment, readConfig } from '@sync/config';
import { QUEUE_WORKERS, startWorker } from './start-worker.js';

runProcess('worker', async () => {
  const config = readConfig(processEnvironment(), 'worker');
  const service = await composeService({ config, role: 'worker', queueWorkers: QUEUE_WORKERS });
  const worker = await startWorker(service);
  return async () => {
    await worker.stop();
    await service.close();
  };
});
