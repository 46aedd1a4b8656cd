import type { OpenAPIRegistry, RouteConfig } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';

/** Adds Xero's webhooks to the description of the API. */
export function describeWebhook(registry: OpenAPIRegistry, problem: RouteConfig['responses'][string]): void {
  const signature = registry.registerComponent('securitySchemes', 'xeroSignature', {
    type: 'apiKey',
    in: 'header',
    name: 'x-xero-signature',
    description: "HMAC-SHA256 over the bytes of the body with the app's webhook key, in base64",
  });
  const common: Pick<RouteConfig, 'method' | 'tags' | 'security' | 'responses'> = {
    method: 'post',
    tags: ['Webhooks'],
    security: [{ [signature.name]: [] }],
    responses: { 200: { description: 'Stored' }, default: problem },
  };
  const body = { required: true, content: { 'application/json': { schema: z.looseObject({}) } } };
  registry.registerPath({
    ...common,
    path: '/webhooks/xero',
    operationId: 'postWebhooksXero',
    summary: 'What Xero tells by itself',
    description:
      'For Xero alone. 200 without a body once it is stored, or where nothing is told; 401 unless the signature is that ' +
      'of the body; 404 while XERO_WEBHOOK_KEY is not set. Organisations that nobody connected are passed over. At most 1 MB.',
    request: { body },
  });
  registry.registerPath({
    ...common,
    path: '/webhooks/xero/{appId}',
    operationId: 'postWebhooksXeroApp',
    summary: 'The same of an app besides the configured one',
    description: 'The key is that of the app (`POST /v1/xero-apps`); 404 where there is no such app.',
    request: { body, params: z.object({ appId: z.string() }) },
  });
}
