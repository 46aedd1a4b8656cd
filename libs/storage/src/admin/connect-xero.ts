import { randomUUID } from 'node:crypto';
import type { AdminStore } from '@sync/engine';
import type { Database, Sql } from '../database/database.js';
import { authorizationPlace, sealTokens } from '../secrets/token-vault.js';
import type { Sealer } from '../secrets/sealed-text.js';

type Request = Parameters<AdminStore['connectXero']>[0];
type Connected = Awaited<ReturnType<AdminStore['connectXero']>>;

/**
 * Stores a new authorization and the tenants that it reaches. A tenant that the client reached before keeps its
 * connection, so organizations stay linked; an authorization that no tenant needs any more goes; what stood still for
 * want of a connection goes on.
 */
export function connectXero(
  database: Database,
  request: Request & { sealer: Sealer; now: Date },
): Promise<Connected> {
  return database.transaction(async (sql) => {
    const authorizationId = await saveAuthorization(sql, request);
    const connections: Connected = [];
    for (const tenant of request.tenants.toSorted((a, b) => (a.tenantId < b.tenantId ? -1 : 1))) {
      connections.push(await saveConnection(sql, { ...request, authorizationId, tenant }));
    }
    await sql.run(
      `delete from xero_authorization a where a.client_id = $1 and a.id <> $2
         and not exists (select from xero_connection x where x.authorization_id = a.id)`,
      [request.clientId, authorizationId],
    );
    await sql.run(RESUME, [connections.map((connection) => connection.connectionId), request.now]);
    return connections;
  });
}

async function saveAuthorization(
  sql: Sql,
  request: Request & { sealer: Sealer; now: Date },
): Promise<string> {
  const id = randomUUID();
  const tokens = sealTokens(request.sealer, id, request.tokens);
  await sql.run(
    `insert into xero_authorization
       (id, client_id, client_secret, access_token, refresh_token, access_expires_at, created_at, updated_at)
     values ($1, $2, $3, $4, $5, $6, $7, $7)`,
    [
      id,
      request.clientId,
      request.sealer.seal(request.clientSecret, authorizationPlace(id, 'client_secret')),
      tokens.accessToken,
      tokens.refreshToken,
      request.tokens.accessExpiresAt,
      request.now,
    ],
  );
  return id;
}

async function saveConnection(
  sql: Sql,
  request: Request & { authorizationId: string; tenant: Request['tenants'][number]; now: Date },
): Promise<Connected[number]> {
  const { tenant } = request;
  const [row] = await sql.rows<{ id: string }>(
    `insert into xero_connection
       (authorization_id, client_id, tenant_id, tenant_name, xero_connection_id, day_limit, created_at)
     values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (client_id, tenant_id) do update set authorization_id = excluded.authorization_id,
       tenant_name = excluded.tenant_name, xero_connection_id = excluded.xero_connection_id,
       day_limit = excluded.day_limit
     returning id`,
    [
      request.authorizationId,
      request.clientId,
      tenant.tenantId,
      tenant.tenantName,
      tenant.xeroConnectionId,
      request.dayLimit,
      request.now,
    ],
  );
  if (row === undefined) throw new Error('The connection was not stored');
  return { connectionId: row.id, tenantId: tenant.tenantId, tenantName: tenant.tenantName };
}

const RESUME = `
  update issue i set resolved_at = $2 from organization o
  where o.xero_connection_id = any ($1::uuid[]) and i.organization_id = o.id and i.binding_id is null
    and i.resolved_at is null and i.code in ('NEEDS_RECONNECT', 'XERO_SCOPE_MISSING')`;
