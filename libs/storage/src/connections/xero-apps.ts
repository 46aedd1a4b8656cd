import { randomUUID } from 'node:crypto';
import type { Clock } from '@sync/domain';
import type { XeroAppStore, XeroAppView } from '@sync/engine';
import type { Database } from '../database/database.js';
import { isUuid } from '../database/uuid.js';
import type { SealedPlace, Sealer } from '../secrets/sealed-text.js';

/** Where the key of an app's webhooks is sealed. */
export function webhookKeyPlace(rowId: string): SealedPlace {
  return { table: 'xero_app', column: 'webhook_key', rowId };
}

/** Xero apps in `xero_app`, their keys sealed. */
export function createXeroAppStore(database: Database, sealer: Sealer, clock: Clock): XeroAppStore {
  return {
    save: ({ clientId, webhookKey }) =>
      database.transaction(async (sql) => {
        const sealedIn = (id: string): string => sealer.seal(webhookKey, webhookKeyPlace(id));
        const fresh = randomUUID();
        await sql.run(
          `insert into xero_app (id, client_id, webhook_key, created_at) values ($1, $2, $3, $4)
           on conflict (client_id) do nothing`,
          [fresh, clientId, sealedIn(fresh), clock.now()],
        );
        const [app] = await sql.rows<XeroAppView>(
          `select id as "appId", client_id as "clientId" from xero_app where client_id = $1 for update`,
          [clientId],
        );
        if (app === undefined) throw new Error('The app was not stored');
        const { appId } = app;
        await sql.run('update xero_app set webhook_key = $2 where id = $1', [appId, sealedIn(appId)]);
        return app;
      }),
    list: () =>
      database.rows<XeroAppView>(
        'select id as "appId", client_id as "clientId" from xero_app order by created_at, id',
      ),
    find: async (appId) => {
      if (!isUuid(appId)) return null;
      const [row] = await database.rows<{ client_id: string; webhook_key: string }>(
        'select client_id, webhook_key from xero_app where id = $1',
        [appId],
      );
      if (row === undefined) return null;
      return {
        clientId: row.client_id,
        webhookKey: sealer.open(row.webhook_key, webhookKeyPlace(appId.toLowerCase())),
      };
    },
  };
}
