import type { AdminStore, Mapping } from '@sync/engine';
import type { Sql } from '../database/database.js';
import { isUuid } from '../database/uuid.js';

/** The choices that open issues ask for: of taxes and payment modes that came up after mappings were suggested, too. */
export async function wantedMappings(
  sql: Sql,
  organizationId: string,
): ReturnType<AdminStore['wantedMappings']> {
  if (!isUuid(organizationId)) return [];
  return sql.rows<Pick<Mapping, 'kind' | 'key' | 'label'>>(
    `select distinct on (kind, key) kind, key, label
     from issue i
     join (values ('TAX_NOT_MAPPED', 'tax'), ('PAYMENT_MODE_NOT_MAPPED', 'payment-mode')) as w (code, kind)
       using (code)
     cross join lateral (select coalesce(i.meta->>'key', i.meta->>'mode') as key) as k
     cross join lateral (select coalesce(i.meta->>'tax', i.meta->>'mode', k.key) as label) as l
     where i.organization_id = $1 and i.resolved_at is null and key is not null
     order by kind, key, i.last_seen_at desc`,
    [organizationId],
  );
}
