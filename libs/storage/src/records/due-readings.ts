import {
  categoryReadUnder,
  type DueReading,
  isPulled,
  isTurn,
  type OrganizationSettings,
  type Turn,
} from '@sync/engine';
import { ENTITIES, type Entity } from '@sync/domain';
import { readSettings } from '../connections/settings.js';
import type { Sql } from '../database/database.js';
import { blockingAt, PAUSING, SHUTTING } from '../ledger/pauses.js';

interface Schedule {
  id: string;
  name: string;
  settings: unknown;
  checkpoints: { entity: Entity; next_at: string | null; fresh_as_of: string | null; wanted: boolean }[];
  bound: Entity[];
  told: string[];
  shut: Entity[];
}

/** What is to be read from Xero now: what a webhook told of, and the entities whose turn it is. */
export async function dueReadings(sql: Sql, now: Date): Promise<DueReading[]> {
  const schedules = await sql.rows<Schedule>(SCHEDULES, [now]);
  return schedules.flatMap((schedule) => {
    const settings = readSettings(schedule.settings);
    return ENTITIES.flatMap((entity): DueReading[] => {
      const { id: organizationId, name: organizationName } = schedule;
      const lane = laneOf(schedule, settings, entity, now);
      return lane === null ? [] : [{ organizationId, organizationName, entity, lane }];
    });
  });
}

/** Organizations that may post and do not stand still. */
const SCHEDULES = `
  select o.id, o.name, o.settings,
    coalesce((select jsonb_agg(jsonb_build_object(
        'entity', c.entity, 'next_at', c.next_at, 'fresh_as_of', c.fresh_as_of, 'wanted', c.wanted))
      from xero_checkpoint c where c.organization_id = o.id), '[]') as checkpoints,
    array(select e.entity from unnest(array['${ENTITIES.join("','")}']) as e (entity)
      where exists (select from binding b
        where b.organization_id = o.id and b.entity = e.entity and b.xero_id is not null)) as bound,
    array(select distinct w.category from xero_webhook w
      where w.connection_id = o.xero_connection_id and w.due_at <= $1) as told,
    array(select i.entity from issue i where i.organization_id = o.id and i.entity is not null
      and ${SHUTTING} and ${PAUSING} and ${blockingAt('$1')}) as shut
  from organization o
  where o.mappings_confirmed_at is not null
    and not exists (select from issue i
      where i.organization_id = o.id and i.entity is null and ${PAUSING} and ${blockingAt('$1')})
  order by o.id`;

function laneOf(
  { checkpoints, bound, told, shut }: Schedule,
  settings: OrganizationSettings,
  entity: Entity,
  now: Date,
): DueReading['lane'] | null {
  if (settings.directions[entity] === 'off' || shut.includes(entity)) return null;
  if (told.includes(categoryReadUnder(settings, entity)?.category ?? '')) return 'event';
  const turn = turnOf(checkpoints.find((one) => one.entity === entity));
  if (!isTurn(settings, entity, turn, now)) return null;
  if (turn.wanted) return 'event';
  // What flows into Xero only tells nothing where nothing of it is there.
  const hasReason = isPulled(settings, entity) || bound.includes(entity);
  return settings.autoSync && hasReason ? 'backfill' : null;
}

function turnOf(checkpoint: Schedule['checkpoints'][number] | undefined): Turn {
  const moment = (text: string | null | undefined) => (text ? new Date(text) : null);
  return {
    nextAt: moment(checkpoint?.next_at),
    freshAsOf: moment(checkpoint?.fresh_as_of),
    wanted: checkpoint?.wanted ?? false,
  };
}
