import type { Entity } from '@sync/domain';
import { isFullDue, isTurn } from '../beats.js';
import type { WebhookNotice } from '../ports/stores.js';
import { categoryReadUnder } from '../webhook-readers.js';
import type { DrainContext } from './context.js';
import { absorb, bringUpToDate, readWhatMoved, wholeOf } from './identities.js';
import { pullFromOf } from './pull-schedule.js';
import { IDS_PER_CALL } from './xero-side.js';

/** A reading that fails is not tried again before. */
const RETRY_MS = 60_000;

/**
 * Brings our copy of an entity up to date where it is its turn, and with the records that webhooks told of. What differs
 * from what was agreed becomes operations of this entity, which the drain then works through. Without auto-sync nothing
 * has its turn, but what was set in motion goes on.
 */
export async function pull(context: DrainContext, entity: Entity): Promise<void> {
  const { settings, mappingsConfirmedAt } = context.organization;
  if (settings.directions[entity] === 'off' || mappingsConfirmedAt === null || context.shut.has(entity))
    return;
  await readNotices(context, entity);
  const { parts, organization } = context;
  const now = parts.clock.now();
  const checkpoint = await parts.stores.xeroCheckpoints.load(organization.id, entity);
  const { fullAt, wanted } = checkpoint;
  if (!isTurn(settings, entity, checkpoint, now) || !(wanted || settings.autoSync)) return;
  const retryAt = new Date(now.getTime() + RETRY_MS);
  await parts.stores.xeroCheckpoints.putOff(organization.id, entity, retryAt);
  const full = isFullDue(entity, fullAt, now);
  await bringUpToDate(context, entity, { full, lane: wanted ? 'event' : 'backfill' });
}

async function readNotices(context: DrainContext, entity: Entity): Promise<void> {
  const told = categoryReadUnder(context.organization.settings, entity);
  if (!told) return;
  const { webhooks } = context.parts.stores;
  const { id: connectionId } = context.organization.xeroConnection;
  for (;;) {
    const notices = await webhooks.take(connectionId, told.category, IDS_PER_CALL);
    if (notices.length === 0) return;
    await readNoticed(context, told.reader, notices);
    await webhooks.done(connectionId, notices);
  }
}

/** Reads the records by their ids, and those of other entities that the answer holds as well. */
async function readNoticed(
  context: DrainContext,
  entity: Exclude<Entity, 'credit-applications'>,
  notices: readonly WebhookNotice[],
): Promise<void> {
  const ids = notices.map(({ resourceId }) => resourceId);
  const askedAt = context.parts.clock.now();
  const page = await context.session.read({ entity, ids, lane: 'event' });
  const { directions } = context.organization.settings;
  for (const [one, records] of [...page.others, [entity, page.records] as const]) {
    if (directions[one] === 'off') continue;
    const hints = { lane: 'event' as const, pullFrom: await pullFromOf(context, one) };
    const step = { freshAsOf: null, hints, ...wholeOf(page, one, askedAt) };
    const moved = await absorb(context, one, records, step);
    if (moved > 0) await readWhatMoved(context, one);
  }
}
