import { entitiesOf, type SweepDepth } from '@sync/engine';
import type { Entity } from '@sync/domain';
import { readSettings } from '../connections/settings.js';
import type { Sql } from '../database/database.js';
import { blockingAt, PAUSING } from './pauses.js';

/** Everything is listed again this often, so that what cursors and fingerprints missed is found in the end. */
const FULL_EVERY_SECONDS = 86_400;

/** A sweep that the schedule has due. */
export interface DueSweep {
  organizationId: string;
  organizationName: string;
  entity: Entity;
  depth: SweepDepth;
}

interface Schedule {
  id: string;
  name: string;
  settings: unknown;
  checkpoints: {
    entity: Entity;
    last_full_at: string | null;
    last_deep_at: string | null;
    next_at: string | null;
    held: boolean;
  }[];
}

/** Sweeps of organizations with auto-sync that are not paused; how deep, by when each depth was last done. */
export async function dueSweeps(sql: Sql, now: Date): Promise<DueSweep[]> {
  const schedules = await sql.rows<Schedule>(
    `select o.id, o.name, o.settings,
       coalesce((select jsonb_agg(jsonb_build_object('entity', c.entity, 'last_full_at', c.last_full_at,
           'last_deep_at', c.last_deep_at, 'next_at', c.next_at,
           'held', c.holder is not null and c.holder_expires_at > clock_timestamp()))
         from checkpoint c where c.organization_id = o.id), '[]') as checkpoints
     from organization o
     where not exists (select from issue i
       where i.organization_id = o.id and i.entity is null and ${PAUSING} and ${blockingAt('$1')})
     order by o.id`,
    [now],
  );
  return schedules.flatMap((schedule) => dueOf(schedule, now));
}

function dueOf({ id, name, settings, checkpoints }: Schedule, now: Date): DueSweep[] {
  const read = readSettings(settings);
  const { autoSync, fullSweepEverySeconds } = read;
  if (!autoSync) return [];
  return entitiesOf(read).flatMap((entity) => {
    const at = checkpoints.find((checkpoint) => checkpoint.entity === entity);
    if (at !== undefined && (at.held || !passed(at.next_at, 0, now))) return [];
    const depth = depthOf(at, fullSweepEverySeconds, now);
    return [{ organizationId: id, organizationName: name, entity, depth }];
  });
}

function depthOf(
  at: Schedule['checkpoints'][number] | undefined,
  deepSeconds: number,
  now: Date,
): SweepDepth {
  if (at === undefined || passed(at.last_full_at, Math.max(deepSeconds, FULL_EVERY_SECONDS), now))
    return 'all';
  return passed(at.last_deep_at, deepSeconds, now) ? 'changed' : 'new';
}

/** Whether so many seconds went by since; never counts as long ago. */
function passed(since: string | null, seconds: number, now: Date): boolean {
  return since === null || Date.parse(since) + seconds * 1000 <= now.getTime();
}
