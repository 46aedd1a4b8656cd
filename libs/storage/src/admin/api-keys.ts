import { createHash, randomBytes } from 'node:crypto';
import type { ApiKeyIdentity, ApiKeyStore } from '@sync/engine';
import type { Clock } from '@sync/domain';
import type { Database } from '../database/database.js';
import { isUuid } from '../database/uuid.js';

const KEY_BYTES = 32;

type CreateRequest = Parameters<ApiKeyStore['create']>[0];

/** API keys. They are found by their hash alone, so that looking one up takes the same time for every wrong key. */
export function createApiKeyStore(database: Database, clock: Clock): ApiKeyStore {
  return {
    create: async (request) => {
      const key = `cxs_${randomBytes(KEY_BYTES).toString('base64url')}`;
      const id = await insertKey(database, { ...request, key }, clock.now());
      if (id === null) throw new Error('The key was not stored');
      return { id, key };
    },
    ensure: async (request) => {
      await insertKey(database, request, clock.now());
    },
    identify: (key) => identify(database, key, clock.now()),
    revoke: async (id, organizationId) => {
      if (!isUuid(id)) return false;
      const revoked = await database.run(
        `update api_key set revoked_at = coalesce(revoked_at, $3)
         where id = $1 and ($2::uuid is null or organization_id = $2)`,
        [id, organizationId, clock.now()],
      );
      return revoked === 1;
    },
    list: (organizationId) =>
      database.rows(
        `select id, kind, name, created_at as "createdAt", last_used_at as "lastUsedAt",
           revoked_at as "revokedAt"
         from api_key where $1::uuid is null or organization_id = $1 order by created_at, id`,
        [organizationId],
      ),
  };
}

/** Null when the key is known already. */
async function insertKey(
  database: Database,
  request: CreateRequest & { key: string },
  now: Date,
): Promise<string | null> {
  const [row] = await database.rows<{ id: string }>(
    `insert into api_key (kind, name, key_hash, organization_id, crm_connection_id, created_at)
     values ($1, $2, $3, $4, $5, $6) on conflict (key_hash) do nothing returning id`,
    [
      request.kind,
      request.name,
      hashOf(request.key),
      request.organizationId ?? null,
      request.crmConnectionId ?? null,
      now,
    ],
  );
  return row?.id ?? null;
}

/** The use is noted at most once a minute: a busy key must not write a row for each request. */
async function identify(database: Database, key: string, now: Date): Promise<ApiKeyIdentity | null> {
  const [row] = await database.rows<ApiKeyIdentity & { stale: boolean }>(
    `select id, kind, organization_id as "organizationId", crm_connection_id as "crmConnectionId",
       coalesce(last_used_at < $2::timestamptz - interval '1 minute', true) as stale
     from api_key where key_hash = $1 and revoked_at is null`,
    [hashOf(key), now],
  );
  if (row === undefined) return null;
  const { stale, ...identity } = row;
  if (stale) await database.run('update api_key set last_used_at = $2 where id = $1', [identity.id, now]);
  return identity;
}

function hashOf(key: string): Buffer {
  return createHash('sha256').update(key, 'utf8').digest();
}
