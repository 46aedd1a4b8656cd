import { composeService, runProcess } from '@sync/composition';
import { processEnvironment, readConfig } from '@sync/config';
import { startApi } from './start-api.js';

runProcess('api', async () => {
  const config = readConfig(processEnvironment(), 'api');
  const service = await composeService({ config, role: 'api', queueWorkers: 0 });
  const api = await startApi({ config, service });
  service.log.info({ port: api.port }, 'api listens');
  return async () => {
    await api.close();
    await service.close();
  };
});
