import type { XeroCheckpoint, XeroCheckpointStore } from '@sync/engine';
import type { Clock } from '@sync/domain';
import type { Database } from '../database/database.js';
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
    due: () => dueReadings(database, clock.now()),
  };
}
