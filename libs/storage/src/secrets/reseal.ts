import { crmConfigPlace } from '../admin/crm-connections.js';
import { webhookKeyPlace } from '../connections/xero-apps.js';
import type { Database, Sql } from '../database/database.js';
import type { SealedPlace, Sealer } from './sealed-text.js';
import { authorizationPlace } from './token-vault.js';

/**
 * Seals everything anew under the key that writes now, row by row under its lock, while the service runs. After it the
 * older keys can go. Returns how many rows changed; run again, it changes none.
 */
export async function resealSecrets(database: Database, sealer: Sealer): Promise<number> {
  let changed = 0;
  for (const { table, columns } of SEALED) {
    const rows = await database.rows<{ id: string }>(`select id from ${table} order by id`);
    for (const { id } of rows) {
      const resealed = await database.transaction((sql) => resealRow(sql, sealer, { table, columns, id }));
      if (resealed) changed += 1;
    }
  }
  return changed;
}

type Column = 'client_secret' | 'access_token' | 'refresh_token' | 'config' | 'webhook_key';

interface SealedTable {
  table: 'xero_authorization' | 'crm_connection' | 'xero_app';
  columns: readonly Column[];
}

const SEALED: readonly SealedTable[] = [
  { table: 'xero_authorization', columns: ['client_secret', 'access_token', 'refresh_token'] },
  { table: 'crm_connection', columns: ['config'] },
  { table: 'xero_app', columns: ['webhook_key'] },
];

async function resealRow(
  sql: Sql,
  sealer: Sealer,
  { table, columns, id }: SealedTable & { id: string },
): Promise<boolean> {
  const [row] = await sql.rows<Partial<Record<Column, string | null>>>(
    `select ${columns.join(', ')} from ${table} where id = $1 for update`,
    [id],
  );
  let changed = false;
  for (const column of columns) {
    const sealed = row?.[column] ?? null;
    if (sealed === null || sealer.isCurrent(sealed)) continue;
    const place = placeOf(column, id);
    const anew = sealer.seal(sealer.open(sealed, place), place);
    await sql.run(`update ${table} set ${column} = $2 where id = $1`, [id, anew]);
    changed = true;
  }
  return changed;
}

function placeOf(column: Column, id: string): SealedPlace {
  if (column === 'config') return crmConfigPlace(id);
  return column === 'webhook_key' ? webhookKeyPlace(id) : authorizationPlace(id, column);
}
