import { createBullBoard } from '@bull-board/api';
import { BullMQAdapter } from '@bull-board/api/bullMQAdapter';
import { ExpressAdapter } from '@bull-board/express';
import { type QueueBackend, type QueueName, queueNames } from '@sync/queue';
import { Router } from 'express';
import { allowedActions } from './allowed-actions.js';
import { shown } from './shown.js';

function adapterOf(backend: QueueBackend, name: QueueName): BullMQAdapter {
  const adapter = new BullMQAdapter(backend.queue(name));
  adapter.setFormatter('data', (data: unknown) => shown(data));
  adapter.setFormatter('returnValue', (value: unknown) => shown(value));
  adapter.setFormatter('progress', (value: unknown) => shown(value));
  return adapter;
}

/** Bull Board over all queues of the backend; whoever mounts it at `basePath` has checked the login. */
export function bullBoard(backend: QueueBackend, basePath: string): Router {
  const serverAdapter = new ExpressAdapter().setBasePath(basePath);
  createBullBoard({
    queues: queueNames.map((name) => adapterOf(backend, name)),
    serverAdapter,
    options: {
      uiConfig: {
        boardTitle: 'crm-xero-sync',
        hideDocsLink: true,
        miscLinks: [{ text: 'API', url: '/docs' }],
      },
    },
  });
  const router = Router();
  router.use(allowedActions, serverAdapter.getRouter());
  return router;
}
