import { OpenApiGeneratorV31, OpenAPIRegistry, type RouteConfig } from '@asteasolutions/zod-to-openapi';
import { z } from 'zod';
import { problems } from '../http/problem.js';
import { describeWebhook } from '../webhooks/describe-webhook.js';
import type { Route } from './route.js';

/** What every problem answers with. */
const problemSchema = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.number(),
    detail: z.string().meta({ description: 'What is wrong, where, and what to do' }),
    code: z.enum(Object.keys(problems)).meta({ description: 'Stable' }),
    correlationId: z.string().optional(),
  })
  .meta({ id: 'Problem' });

const problemResponse = {
  description: 'A problem, by its code',
  content: { 'application/problem+json': { schema: problemSchema } },
};

function responsesOf(route: Route): RouteConfig['responses'] {
  const success =
    route.status === 204
      ? { description: 'Done' }
      : { description: 'Done', content: { 'application/json': { schema: route.response } } };
  return {
    [route.status]: success,
    default: problemResponse,
  };
}

function requestOf({ params, query, body, describedBody }: Route): NonNullable<RouteConfig['request']> {
  const schema = describedBody ?? body;
  return {
    ...(Object.keys(params.shape).length > 0 && { params }),
    ...(Object.keys(query.shape).length > 0 && { query }),
    ...(schema && { body: { required: true, content: { 'application/json': { schema } } } }),
  };
}

/** `listRuns` from `get /v1/organizations/{organizationId}/runs` would clash; the whole path does not. */
function operationId({ method, path }: Route): string {
  return `${method}${path.replaceAll(/[/{}_-]+(\w)?/g, (_, letter: string | undefined) => letter?.toUpperCase() ?? '')}`;
}

/** The OpenAPI document of the machine routes, made of the schemas that check them. */
export function openApiDocument(routes: readonly Route[], version: string) {
  const registry = new OpenAPIRegistry();
  const bearer = registry.registerComponent('securitySchemes', 'apiKey', { type: 'http', scheme: 'bearer' });
  for (const route of routes) {
    registry.registerPath({
      method: route.method,
      path: route.path,
      operationId: operationId(route),
      tags: [route.tag],
      summary: route.summary,
      description: `${route.description ?? ''}\n\nKeys: ${route.kinds.join(', ')}.`.trim(),
      security: [{ [bearer.name]: [] }],
      request: requestOf(route),
      responses: responsesOf(route),
    });
  }
  describeWebhook(registry, problemResponse);
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'crm-xero-sync',
      version,
      description: 'Keeps a CRM and Xero in step. Machine routes carry `Authorization: Bearer <key>`.',
    },
  });
}
