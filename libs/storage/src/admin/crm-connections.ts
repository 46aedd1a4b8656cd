import { randomUUID } from 'node:crypto';
import type { CrmConnectionConfig } from '@sync/engine';
import type { Database, Sql } from '../database/database.js';
import type { SealedPlace, Sealer } from '../secrets/sealed-text.js';

/** Where the configuration of a CRM connection is sealed. */
export function crmConfigPlace(rowId: string): SealedPlace {
  return { table: 'crm_connection', column: 'config', rowId };
}

/** Stores how a CRM is reached, sealed as a whole; only its address is readable. */
export async function saveCrmConnection(
  sql: Sql,
  { config, sealer, now }: { config: CrmConnectionConfig; sealer: Sealer; now: Date },
): Promise<string> {
  const id = randomUUID();
  const sealed = sealer.seal(JSON.stringify(config), crmConfigPlace(id));
  await sql.run(
    'insert into crm_connection (id, kind, address, config, created_at) values ($1, $2, $3, $4, $5)',
    [id, config.kind, addressOf(config), sealed, now],
  );
  return id;
}

/** Replaces the stored configuration. */
export async function replaceCrmConnection(
  sql: Sql,
  id: string,
  { config, sealer }: { config: CrmConnectionConfig; sealer: Sealer },
): Promise<void> {
  const sealed = sealer.seal(JSON.stringify(config), crmConfigPlace(id));
  await sql.run('update crm_connection set kind = $2, address = $3, config = $4 where id = $1', [
    id,
    config.kind,
    addressOf(config),
    sealed,
  ]);
}

/** The configuration as it was given; throws if there is no such connection or its text does not open. */
export async function openCrmConfig(
  database: Database,
  id: string,
  sealer: Sealer,
): Promise<CrmConnectionConfig> {
  const [row] = await database.rows<{ config: string }>('select config from crm_connection where id = $1', [
    id,
  ]);
  if (row === undefined) throw new Error(`There is no CRM connection ${id}`);
  return JSON.parse(sealer.open(row.config, crmConfigPlace(id))) as CrmConnectionConfig;
}

/** What may be shown of a configuration: no user, no password. */
function addressOf(config: CrmConnectionConfig): string {
  if (config.kind === 'perfex') return `${config.host}:${config.port}/${config.database}`;
  const url = new URL(config.baseUrl);
  return `${url.origin}${url.pathname}`;
}
