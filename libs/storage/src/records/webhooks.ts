import { WEBHOOK_READERS, type WebhookNotice, type WebhookStore, type XeroWebhookEvent } from '@sync/engine';
import type { Clock } from '@sync/domain';
import type { Database } from '../database/database.js';
import { jsonParameter } from '../database/json-parameter.js';

/** A reader that died lets go of what it took after this. */
const TAKEN_MS = 60_000;

/** Xero tells of a burst in many requests: what comes within this after the first of them is read with it. */
const GATHER_MS = 3_000;

/** The inbox of Xero's webhooks. */
export function createWebhookStore(database: Database, clock: Clock): WebhookStore {
  return {
    receive: (clientId, events) => receive(database, clientId, events, clock.now()),
    take: async (connectionId, category, limit) => {
      const now = clock.now();
      await database.run(DROP_KNOWN, [connectionId, category, WEBHOOK_READERS[category]]);
      return database.rows<WebhookNotice>(
        `with taken as (
           select category, resource_id from xero_webhook
           where connection_id = $1 and category = $2 and due_at <= $6 and exists (select from xero_webhook d
             where d.connection_id = $1 and d.category = $2 and d.due_at <= $3)
           order by received_at, resource_id limit $4 for update skip locked)
         update xero_webhook w set due_at = $5 from taken
         where w.connection_id = $1 and w.category = taken.category and w.resource_id = taken.resource_id
         returning w.category, w.resource_id as "resourceId", w.received`,
        [connectionId, category, now, limit, later(now, TAKEN_MS), later(now, GATHER_MS)],
      );
    },
    done: async (connectionId, notices) => {
      await database.run(
        `delete from xero_webhook w
         using unnest($2::text[], $3::text[], $4::int[]) as n (category, resource_id, received)
         where w.connection_id = $1 and w.category = n.category and w.resource_id = n.resource_id
           and w.received = n.received`,
        [
          connectionId,
          notices.map(({ category }) => category),
          notices.map(({ resourceId }) => resourceId),
          notices.map(({ received }) => received),
        ],
      );
    },
    lastHeard: async (connectionId, category) => {
      const [row] = await database.rows<{ last_at: Date }>(
        'select last_at from xero_webhook_source where connection_id = $1 and category = $2',
        [connectionId, category],
      );
      return row?.last_at ?? null;
    },
  };
}

async function receive(
  database: Database,
  clientId: string,
  events: readonly XeroWebhookEvent[],
  now: Date,
): Promise<number> {
  const distinct = new Map(events.map((event) => [keyOf(event), event]));
  const rows = [...distinct.values()].toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  return database.transaction(async (sql) => {
    await sql.run(NOTE_SOURCE, [clientId, jsonParameter(rows), now]);
    return sql.run(TAKE_IN, [
      clientId,
      jsonParameter(rows),
      now,
      Object.keys(WEBHOOK_READERS),
      later(now, GATHER_MS),
    ]);
  });
}

function later(moment: Date, ms: number): Date {
  return new Date(moment.getTime() + ms);
}

function keyOf({ tenantId, category, resourceId }: XeroWebhookEvent): string {
  return `${tenantId} ${category} ${resourceId}`;
}

const EVENTS = `
  from jsonb_to_recordset($2::jsonb)
    as e ("tenantId" text, category text, "resourceId" text, at timestamptz)
  join xero_connection x on x.client_id = $1 and x.tenant_id = e."tenantId"`;

const NOTE_SOURCE = `
  insert into xero_webhook_source as s (connection_id, category, last_at)
  select distinct x.id, e.category, $3::timestamptz ${EVENTS} order by 1, 2
  on conflict (connection_id, category) do update set last_at = greatest(s.last_at, excluded.last_at)`;

/** Told again, it is due again, however often: what was read since may be older than what is told now. */
const TAKE_IN = `
  insert into xero_webhook as w (connection_id, category, resource_id, event_at, received_at, due_at)
  select x.id, e.category, e."resourceId", e.at, $3, $5 ${EVENTS}
  where e.category = any ($4) order by 1, 2, 3
  on conflict (connection_id, category, resource_id) do update set
    received = w.received + 1, received_at = excluded.received_at, event_at = greatest(w.event_at, excluded.event_at),
    due_at = least(w.due_at, excluded.due_at)`;

/**
 * Of our own writes Xero tells, too: what was read in a state as new as the event need not be read again. A contact may be
 * known as a customer and as a vendor.
 */
const DROP_KNOWN = `
  delete from xero_webhook w
  where w.connection_id = $1 and w.category = $2 and w.event_at is not null and (
    select bool_and(x.updated_at >= w.event_at) from organization o
    join xero_identity x on x.organization_id = o.id and x.entity = any ($3::text[]) and x.xero_id = w.resource_id
    where o.xero_connection_id = $1)`;
