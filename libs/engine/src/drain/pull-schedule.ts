import type { Entity } from '@sync/domain';
import { BEATS, secondsToNext } from '../beats.js';
import { isPulled } from '../pull-rules.js';
import type { DrainContext } from './context.js';

/** From when on unknown records of an entity are pulled; null: they are not. The first time, that is now. */
export async function pullFromOf(context: DrainContext, entity: Entity): Promise<Date | null> {
  const { parts, organization, crm } = context;
  const writable: readonly Entity[] = crm.writable;
  if (!isPulled(organization.settings, entity) || !writable.includes(entity)) return null;
  const { pullFrom } = await parts.stores.xeroCheckpoints.load(organization.id, entity);
  if (pullFrom !== null) return pullFrom;
  const now = parts.clock.now();
  await parts.stores.xeroCheckpoints.pullFrom(organization.id, entity, now);
  return now;
}

/** Sets the next turn of entities that were just read together: that of the one that is read most often. */
export async function scheduleNext(context: DrainContext, entities: readonly Entity[]): Promise<void> {
  const { parts, organization } = context;
  const now = parts.clock.now();
  const { id: connectionId, dayLimit } = organization.xeroConnection;
  const seconds = await Promise.all(
    entities.map(async (entity) => {
      const { webhook } = BEATS[entity];
      const lastHeard = webhook
        ? await parts.stores.webhooks.lastHeard(connectionId, webhook.category)
        : null;
      return secondsToNext(entity, { dayLimit, now, lastHeard });
    }),
  );
  const nextAt = new Date(now.getTime() + Math.min(...seconds) * 1000);
  await parts.stores.xeroCheckpoints.schedule(organization.id, entities, nextAt);
}
