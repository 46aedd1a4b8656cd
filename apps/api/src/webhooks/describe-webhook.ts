import type { OpenAPIRegistry, RouteConfig } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';

/** Adds Xero's webhooks to the description of the API. */
export function describeWebhook(registry: OpenAPIRegistry, problem: RouteConfig['responses'][string]): void {
  const signature = registry.registerComponent('securitySchemes', 'xeroSignature', {
    type: 'apiKey',
    in: 'header',
    name: 'x-xero-signature',
    description: 'HMAC-SHA256 over the bytes of the body with XERO_WEBHOOK_KEY, in base64',
  });
  registry.registerPath({
    method: 'post',
    path: '/webhooks/xero',
    operationId: 'postWebhooksXero',
    tags: ['Webhooks'],
    summary: 'What Xero tells by itself',
    description:
      'For Xero alone. 200 without a body once it is stored, or where nothing is told; 401 unless the signature is that ' +
      'of the body; 404 while XERO_WEBHOOK_KEY is not set. Organisations that nobody connected are passed over. At most 1 MB.',
    security: [{ [signature.name]: [] }],
    request: { body: { required: true, content: { 'application/json': { schema: z.looseObject({}) } } } },
    responses: { 200: { description: 'Stored' }, default: problem },
  });
}
