import type { IdentityKeys, XeroCopy, XeroDerived, XeroRecord } from '@sync/engine';
import type { Entity } from '@sync/domain';
import type { Sql } from '../database/database.js';
import { MARKED_BINDING } from './marked-binding.js';

interface CopyRow extends Omit<IdentityKeys, 'date'> {
  xeroId: string;
  date: string | null;
  live: boolean;
  derived: XeroDerived;
  owned: XeroRecord['owned'];
  updatedAt: Date | null;
  codecVersion: number;
  markedBy: string | null;
}

/** What Xero holds of these records, as far as we know. */
export async function copiesOf(
  sql: Sql,
  request: { organizationId: string; entity: Entity; xeroIds: readonly string[] },
): Promise<XeroCopy[]> {
  if (request.xeroIds.length === 0) return [];
  const rows = await sql.rows<CopyRow>(
    `select x.xero_id as "xeroId", x.marker, x.number, x.name, x.email, x.tax_number as "taxNumber",
       x.parent_xero_id as "parentXeroId", x.currency, to_char(x.date, 'YYYY-MM-DD') as date, x.total, x.live,
       x.derived, x.owned, x.updated_at as "updatedAt", x.codec_version as "codecVersion",
       (select case when m.organization_id = $1 and m.entity = $2 then m.crm_id end
         from binding m where m.id = ${MARKED_BINDING}) as "markedBy"
     from xero_identity x where x.organization_id = $1 and x.entity = $2 and x.xero_id = any ($3)`,
    [request.organizationId, request.entity, request.xeroIds],
  );
  return rows.map(copyOf);
}

function copyOf(row: CopyRow): XeroCopy {
  const { xeroId, live, derived, owned, updatedAt, codecVersion, markedBy, ...keys } = row;
  return { record: { xeroId, keys, owned, derived, updatedAt }, live, codecVersion, markedBy };
}
