import type { Unpaired } from '@sync/engine';
import type { Entity } from '@sync/domain';
import type { Sql } from '../database/database.js';

/** What of the CRM may yet turn out to be the other half of unknown records of Xero. */
export async function unpaired(
  sql: Sql,
  request: { organizationId: string; entity: Entity; labels: readonly string[] },
): Promise<Unpaired> {
  const { organizationId, entity, labels } = request;
  const [state] = await sql.rows<{ undecided: boolean }>(
    `select not exists (select from checkpoint c
         where c.organization_id = $1 and c.entity = $2 and c.last_full_at is not null)
       or exists (select from checkpoint c where c.organization_id = $1 and c.entity = $2
         and c.holder is not null and c.holder_expires_at > clock_timestamp())
       or exists (select from binding b join sync_operation o on o.binding_id = b.id
         where b.organization_id = $1 and b.entity = $2 and b.xero_id is null and o.state <> 'parked')
       as undecided`,
    [organizationId, entity],
  );
  const rows = await sql.rows<{ label: string; crm_id: string }>(
    `select lower(label) as label, crm_id from binding
     where organization_id = $1 and entity = $2 and xero_id is null and crm_id is not null
       and lower(label) = any ($3)`,
    [organizationId, entity, labels.map((label) => label.toLowerCase())],
  );
  return {
    undecided: state?.undecided ?? true,
    named: new Map(rows.map((row) => [row.label, row.crm_id])),
  };
}
