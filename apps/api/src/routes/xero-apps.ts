import type { XeroAppView } from '@sync/engine';
import { z } from 'zod';
import type { ApiDependencies } from '../dependencies.js';
import { type Route, route } from '../routing/route.js';
import { textSchema } from '../schemas/basics.js';

const newAppSchema = z
  .strictObject({
    clientId: textSchema(100),
    webhookKey: textSchema(200).meta({ description: "Signing key of the app's webhooks; it is never shown" }),
  })
  .meta({ id: 'NewXeroApp' });

const appSchema = z
  .strictObject({
    appId: z.string(),
    clientId: z.string(),
    webhookPath: z
      .string()
      .meta({ description: 'Below PUBLIC_URL: the delivery URL for the page of the app' }),
  })
  .meta({ id: 'XeroApp' });

function shown({ appId, clientId }: XeroAppView): z.input<typeof appSchema> {
  return { appId, clientId, webhookPath: `/webhooks/xero/${appId}` };
}

/** Xero apps: where each of them delivers its webhooks. */
export function xeroAppRoutes({ xeroApps }: Pick<ApiDependencies, 'xeroApps'>): Route[] {
  return [
    route({
      method: 'post',
      path: '/v1/xero-apps',
      tag: 'Xero',
      summary: "Keep the key of a Xero app's webhooks, and learn their address",
      description: 'Doing it again replaces the key; the address stays.',
      kinds: ['installation'],
      body: newAppSchema,
      status: 201,
      response: appSchema,
      handle: async ({ body }) => shown(await xeroApps.save(body)),
    }),
    route({
      method: 'get',
      path: '/v1/xero-apps',
      tag: 'Xero',
      summary: 'The Xero apps whose webhooks have an address of their own',
      kinds: ['installation'],
      status: 200,
      response: z.strictObject({ items: z.array(appSchema) }).meta({ id: 'XeroApps' }),
      handle: async () => ({ items: (await xeroApps.list()).map(shown) }),
    }),
  ];
}
