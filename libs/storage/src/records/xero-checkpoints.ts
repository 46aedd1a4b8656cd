import type { XeroCheckpoint, XeroCheckpointStore } from '@sync/engine';
import type { Clock, Entity } from '@sync/domain';
import type { Database, Sql } from '../database/database.js';
import { dueReadings } from './due-readings.js';

const NEVER_READ: XeroCheckpoint = {
  freshAsOf: null,
  fullAt: null,
  nextAt: null,
  wanted: false,
  pullFrom: null,
  reading: null,
  nearMisses: 0,
  nearMissAt: null,
};

/** A listing of everything begins anew, as soon as may be: one that was interrupted has passed over what is within only now. */
const READ_ALL = `
  update xero_checkpoint set full_at = null, reading = null, next_at = $3, wanted = true
  where organization_id = $1 and entity = $2`;

async function movePullFrom(
  sql: Sql,
  { organizationId, entity, from, now }: { organizationId: string; entity: Entity; from: Date; now: Date },
): Promise<void> {
  const [before] = await sql.rows<{ earlier: boolean }>(
    `select pull_from > $3 as earlier from xero_checkpoint where organization_id = $1 and entity = $2 for update`,
    [organizationId, entity, from],
  );
  await sql.run(
    `insert into xero_checkpoint (organization_id, entity, pull_from) values ($1, $2, $3)
     on conflict (organization_id, entity) do update set pull_from = excluded.pull_from`,
    [organizationId, entity, from],
  );
  // What was never read for the CRM is read to its end in any case.
  if (before?.earlier) await sql.run(READ_ALL, [organizationId, entity, now]);
}

/** How far Xero has been read. Only the holder of the connection's lease reads, so nobody else moves these. */
export function createXeroCheckpointStore(database: Database, clock: Clock): XeroCheckpointStore {
  return {
    load: async (organizationId, entity) => {
      const [row] = await database.rows<XeroCheckpoint>(
        `select fresh_as_of as "freshAsOf", full_at as "fullAt", next_at as "nextAt", wanted, pull_from as "pullFrom", reading,
           near_misses as "nearMisses", near_miss_at as "nearMissAt"
         from xero_checkpoint where organization_id = $1 and entity = $2`,
        [organizationId, entity],
      );
      return row ?? NEVER_READ;
    },
    schedule: async (organizationId, entities, nextAt) => {
      await database.run(
        `insert into xero_checkpoint (organization_id, entity, next_at)
         select $1, e.entity, $3 from unnest($2::text[]) as e (entity) order by e.entity
         on conflict (organization_id, entity) do update set next_at = excluded.next_at, wanted = false`,
        [organizationId, entities, nextAt],
      );
    },
    want: async (organizationId, entities, at) => {
      await database.run(
        `insert into xero_checkpoint (organization_id, entity, next_at, wanted)
         select $1, e.entity, $3, true from unnest($2::text[]) as e (entity) order by e.entity
         on conflict (organization_id, entity) do update set next_at = excluded.next_at, wanted = true`,
        [organizationId, entities, at],
      );
    },
    putOff: async (organizationId, entity, until) => {
      await database.run(
        `insert into xero_checkpoint (organization_id, entity, next_at) values ($1, $2, $3)
         on conflict (organization_id, entity) do update set next_at = excluded.next_at`,
        [organizationId, entity, until],
      );
    },
    pullFrom: async (organizationId, entity, from) => {
      await database.run(
        `insert into xero_checkpoint as c (organization_id, entity, pull_from) values ($1, $2, $3)
         on conflict (organization_id, entity) do update set pull_from = coalesce(c.pull_from, excluded.pull_from)`,
        [organizationId, entity, from],
      );
    },
    movePullFrom: async (organizationId, entity, from) => {
      const now = clock.now();
      await database.transaction((sql) => movePullFrom(sql, { organizationId, entity, from, now }));
    },
    readAll: async (organizationId, entity) => {
      await database.run(READ_ALL, [organizationId, entity, clock.now()]);
    },
    due: () => dueReadings(database, clock.now()),
  };
}
