import type { ApiKeyStore } from '@sync/engine';
import { z } from 'zod';
import { idSchema, momentOf, momentSchema, textSchema } from './basics.js';

const kindSchema = z.enum(['installation', 'organization', 'crm-connection']);

/** What creates a key within an organization. */
export const newOrganizationKeySchema = z
  .strictObject({
    kind: z.enum(['organization', 'crm-connection']),
    name: textSchema(100).meta({ description: 'What it is for, so that it can be told apart later' }),
  })
  .meta({ id: 'NewOrganizationKey' });

/** What creates a key of the installation, or of a CRM connection that serves several organizations. */
export const newKeySchema = z
  .discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('installation'), name: textSchema(100) }),
    z.strictObject({ kind: z.literal('crm-connection'), name: textSchema(100), crmConnectionId: idSchema }),
  ])
  .meta({ id: 'NewKey' });

/** A key that was just made. */
export const createdKeySchema = z
  .strictObject({ id: z.string(), key: z.string().meta({ description: 'Shown this once only' }) })
  .meta({ id: 'CreatedKey' });

/** A key as it is listed. */
export const apiKeySchema = z
  .strictObject({
    id: z.string(),
    kind: kindSchema,
    name: z.string(),
    createdAt: momentSchema,
    lastUsedAt: momentSchema.nullable(),
    revokedAt: momentSchema.nullable(),
  })
  .meta({ id: 'ApiKey' });

/** All keys of an organization or of the installation; they are few, so there are no pages. */
export const apiKeysSchema = z.strictObject({ items: z.array(apiKeySchema) });

/** A key in its JSON form. */
export function apiKeyOf(
  key: Awaited<ReturnType<ApiKeyStore['list']>>[number],
): z.input<typeof apiKeySchema> {
  const { id, kind, name } = key;
  return {
    id,
    kind,
    name,
    createdAt: momentOf(key.createdAt),
    lastUsedAt: momentOf(key.lastUsedAt),
    revokedAt: momentOf(key.revokedAt),
  };
}
