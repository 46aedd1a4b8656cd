import { composeService, runProcess } from '@sync/composition';
import { processEnvironment, readConfig } from '@sync/config';
import { openApi } from './open-api.js';

runProcess('api', async () => {
  const config = readConfig(processEnvironment(), 'api');
  const service = await composeService({ config, role: 'api', queueWorkers: 0 });
  const api = await openApi({ config, service });
  service.log.info({ port: api.port }, 'api listens');
  return async () => {
    await api.close();
    await service.close();
  };
});
