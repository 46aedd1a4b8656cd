import type { CrmWriteIntent, CrmWriteStore } from '@sync/engine';
import type { Clock } from '@sync/domain';
import type { Database } from '../database/database.js';
import { jsonParameter } from '../database/json-parameter.js';
import { assertFence } from '../ledger/fence.js';

interface IntentRow {
  key: string;
  intent: Omit<CrmWriteIntent, 'key'>;
}

/** Writes into the CRM, from before they are made until they are settled. */
export function createCrmWriteStore(database: Database, clock: Clock): CrmWriteStore {
  return {
    store: (organizationId, fence, intents) =>
      database.transaction(async (sql) => {
        await assertFence(sql, fence);
        const ordered = intents.toSorted((a, b) => (a.bindingId < b.bindingId ? -1 : 1));
        const rows = await sql.rows<IntentRow>(STORE, [organizationId, jsonParameter(ordered), clock.now()]);
        return rows.map(intentOf);
      }),
    open: async (organizationId, bindingIds) => {
      const rows = await database.rows<IntentRow>(
        'select key, intent from crm_write where organization_id = $1 and binding_id = any ($2::uuid[])',
        [organizationId, bindingIds],
      );
      return rows.map(intentOf);
    },
  };
}

/** Each write has a key of its own: under that of the one before, a second change would be taken for the first. */
const STORE = `
  with wanted as (
    select (i ->> 'bindingId')::uuid as binding_id, i ->> 'entity' as entity, i as intent
    from jsonb_array_elements($2::jsonb) as i),
  numbered as (
    update binding b set crm_writes = b.crm_writes + 1 from wanted w
    where b.organization_id = $1 and b.id = w.binding_id
    returning b.id, w.entity, w.intent,
      b.id || case when b.generation = 1 then '' else '.' || b.generation end || ':' || b.crm_writes as key)
  insert into crm_write (binding_id, organization_id, entity, key, intent, created_at)
  select id, $1, entity, key, intent, $3 from numbered
  returning key, intent`;

/** JSON keeps a moment as text. */
function intentOf({ key, intent }: IntentRow): CrmWriteIntent {
  const { updatedAt } = intent.xero;
  return {
    ...intent,
    key,
    xero: { ...intent.xero, updatedAt: updatedAt === null ? null : new Date(updatedAt) },
  };
}
