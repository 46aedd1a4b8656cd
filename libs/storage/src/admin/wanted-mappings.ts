import type { AdminStore, Mapping } from '@sync/engine';
import type { Sql } from '../database/database.js';
import { isUuid } from '../database/uuid.js';

/** Each code that asks for a choice, what the choice is for, and under which names its facts stand. */
const WANTED = `
  select 'TAX_NOT_MAPPED' as code, 'tax' as kind, 'tax' as name
  union all select 'PAYMENT_MODE_NOT_MAPPED', 'payment-mode', 'mode'
  union all select 'EXPENSE_CATEGORY_NOT_MAPPED', 'expense-category', 'category'`;

/**
 * The choices that open issues ask for: of taxes, payment modes and expense categories that came up after mappings were
 * suggested, too. A tax of what is bought has a choice of its own.
 */
export async function wantedMappings(
  sql: Sql,
  organizationId: string,
): ReturnType<AdminStore['wantedMappings']> {
  if (!isUuid(organizationId)) return [];
  return sql.rows<Pick<Mapping, 'kind' | 'key' | 'label'>>(
    `select distinct on (kind, key) m.kind, m.key, coalesce(i.meta->>w.name, m.key) as label
     from issue i
     join (${WANTED}) as w using (code)
     cross join lateral (select
       case when w.kind = 'tax' and i.meta->>'kind' = 'purchase' then 'purchase-tax' else w.kind end as kind,
       coalesce(i.meta->>'key', i.meta->>'mode') as key) as m
     where i.organization_id = $1 and i.resolved_at is null and m.key is not null
     order by kind, key, i.last_seen_at desc`,
    [organizationId],
  );
}
