import type { Router } from 'express';
import { z } from 'zod';
import { DEFAULT_APP } from '../books/new-tenant.js';
import type { Sandbox } from '../sandbox.js';
import { ControlError, read, textOf } from './read-request.js';

const chance = z.number().min(0).max(1).default(0);
const subscription = z.strictObject({
  clientId: z.string().default(DEFAULT_APP.clientId),
  url: z.url({ protocol: /^https?$/ }),
  key: z.string().min(1),
  disorder: chance,
  duplicates: chance,
  loss: chance,
  delayMs: z.int().nonnegative().default(200),
  seed: z.int().default(1),
});

/** Webhooks as an app's developer sets them up in Xero's portal, with what goes wrong on the way. */
export function webhookRoutes(router: Router, { webhooks, books }: Sandbox): void {
  router.get('/webhooks', (_request, response) => response.json({ subscriptions: webhooks.list() }));
  router.post('/webhooks', async (request, response) => {
    const { clientId: id, ...wanted } = read(subscription, request);
    if (!books.apps.get(id))
      throw new ControlError(404, `There is no app ${id}. Register it with POST /_sandbox/apps.`);
    const problem = await webhooks.subscribe({ id, ...wanted });
    if (problem !== null) throw new ControlError(400, `The intent to receive was not shown: ${problem}.`);
    response.json({ clientId: id, url: wanted.url, status: 'active' });
  });
  router.delete('/webhooks', (request, response) => {
    webhooks.unsubscribe(textOf(request, 'clientId') ?? DEFAULT_APP.clientId);
    response.status(204).end();
  });
}
