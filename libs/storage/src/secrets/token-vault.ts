import type { TokenVault, XeroApp, XeroTokens } from '@sync/engine';
import type { Clock } from '@sync/domain';
import type { Database, Sql } from '../database/database.js';
import type { Sealer } from './sealed-text.js';

interface AuthorizationRow {
  client_id: string;
  client_secret: string;
  access_token: string;
  refresh_token: string | null;
  access_expires_at: Date;
  state: 'active' | 'needs-reconnect';
}

const COLUMNS = 'client_id, client_secret, access_token, refresh_token, access_expires_at, state';

/** Tokens in `xero_authorization`, sealed. */
export function createTokenVault(database: Database, sealer: Sealer, clock: Clock): TokenVault {
  return {
    read: async (id) => opened(sealer, id, await load(database, id, '')),
    underLock: (id, refresh) =>
      database.transaction(async (sql) => {
        const { tokens, app } = opened(sealer, id, await load(sql, id, 'for update'));
        const fresh = await refresh({ tokens, app });
        if (fresh !== tokens) await saveTokens(sql, { id, tokens: fresh, sealer, at: clock.now() });
        return fresh;
      }),
    markNeedsReconnect: async (id, reason) => {
      await database.run(
        `update xero_authorization set state = 'needs-reconnect', state_reason = $2, updated_at = $3 where id = $1`,
        [id, reason, clock.now()],
      );
    },
  };
}

async function load(sql: Sql, id: string, lock: '' | 'for update'): Promise<AuthorizationRow> {
  const [row] = await sql.rows<AuthorizationRow>(
    `select ${COLUMNS} from xero_authorization where id = $1 ${lock}`,
    [id],
  );
  if (row === undefined) throw new Error(`There is no Xero authorization ${id}: connect Xero again`);
  return row;
}

async function saveTokens(
  sql: Sql,
  save: { id: string; tokens: XeroTokens; sealer: Sealer; at: Date },
): Promise<void> {
  const { id, at } = save;
  const sealed = sealTokens(save.sealer, id, save.tokens);
  await sql.run(
    `update xero_authorization set access_token = $2, refresh_token = $3, access_expires_at = $4,
       state = 'active', state_reason = null, updated_at = $5 where id = $1`,
    [id, sealed.accessToken, sealed.refreshToken, save.tokens.accessExpiresAt, at],
  );
}

function opened(
  sealer: Sealer,
  id: string,
  row: AuthorizationRow,
): { tokens: XeroTokens; app: XeroApp; state: AuthorizationRow['state'] } {
  return {
    tokens: {
      accessToken: sealer.open(row.access_token, authorizationPlace(id, 'access_token')),
      refreshToken:
        row.refresh_token === null
          ? null
          : sealer.open(row.refresh_token, authorizationPlace(id, 'refresh_token')),
      accessExpiresAt: row.access_expires_at,
    },
    app: {
      clientId: row.client_id,
      clientSecret: sealer.open(row.client_secret, authorizationPlace(id, 'client_secret')),
    },
    state: row.state,
  };
}

/** Both tokens, sealed for their row. */
export function sealTokens(
  sealer: Sealer,
  id: string,
  tokens: Pick<XeroTokens, 'accessToken' | 'refreshToken'>,
): { accessToken: string; refreshToken: string | null } {
  return {
    accessToken: sealer.seal(tokens.accessToken, authorizationPlace(id, 'access_token')),
    refreshToken:
      tokens.refreshToken === null
        ? null
        : sealer.seal(tokens.refreshToken, authorizationPlace(id, 'refresh_token')),
  };
}

/** The place of a sealed column of an authorization. */
export function authorizationPlace(
  rowId: string,
  column: 'client_secret' | 'access_token' | 'refresh_token',
): { table: string; column: string; rowId: string } {
  return { table: 'xero_authorization', column, rowId };
}
