import type { Entity, Lane } from '@sync/domain';
import { isFullDue, MOVED_BY } from '../beats.js';
import { isKnownByFacts } from '../definition.js';
import type { Absorb } from '../ports/stores.js';
import type { XeroPage, XeroRecord } from '../ports/xero.js';
import type { DrainContext } from './context.js';
import { type Position, readListing } from './listing.js';
import { pullFromOf, scheduleNext } from './pull-schedule.js';
import { FACTS_FRESH_MS, IDENTITIES_FRESH_MS } from './timing.js';

/**
 * Brings our copy of what Xero holds up to date before a record is created. The first time that is a listing of
 * everything, later of what changed since; at most once in a round of a drain and not while the copy is fresh.
 */
export async function refreshIdentities(
  context: DrainContext,
  entity: Entity,
  freshMs = freshFor(context, entity),
): Promise<void> {
  if (context.identitiesFresh.has(entity)) return;
  const { stores, clock } = context.parts;
  const freshness = await stores.identities.freshness(context.organization.id, entity);
  const stale = freshness === null || clock.now().getTime() - freshness.getTime() > freshMs;
  if (stale) await bringUpToDate(context, entity, { full: false, lane: 'event' });
  // What was read along is as fresh; what was not read at all may be fresh enough for this entity only.
  for (const one of stale ? entitiesRead(context, entity) : [entity]) {
    context.identitiesFresh.add(one);
    context.factsLookedAt.add(one);
  }
}

/**
 * Where neither a marker nor a number tells of what a person entered meanwhile, the copy must be a recent one. Once in
 * a drain: a long backfill lists what it wrote itself, page after page, and would do little else.
 */
function freshFor({ parts, factsLookedAt }: DrainContext, entity: Entity): number {
  const byFacts = isKnownByFacts(parts.definitions[entity].identity);
  return byFacts && !factsLookedAt.has(entity) ? FACTS_FRESH_MS : IDENTITIES_FRESH_MS;
}

/** Reads what changed in Xero since it was last read, or everything, and hints what concerns bindings. */
export async function bringUpToDate(
  context: DrainContext,
  entity: Entity,
  { full, lane }: { full: boolean; lane: Lane },
): Promise<void> {
  const entities = entitiesRead(context, entity);
  const start = await startOf(context, entities, full);
  const pullFrom = new Map(
    await Promise.all(entities.map(async (one) => [one, await pullFromOf(context, one)] as const)),
  );
  const { startedAt, full: all } = start;
  await readListing(context, {
    entity,
    lane,
    since: start.since,
    clock: start.clock,
    take: async (page, { next, askedAt }) => {
      const reading =
        next === null ? null : { since: textOf(next), startedAt: startedAt.toISOString(), full: all };
      for (const one of entities.toReversed()) {
        const moved = await absorb(context, one, recordsOf(page, one, entity), {
          freshAsOf: next === null ? startedAt : null,
          reading,
          ...(next === null && all ? { completeSince: startedAt } : {}),
          ...wholeOf(page, one, askedAt),
          hints: { lane, pullFrom: pullFrom.get(one) ?? null },
        });
        if (moved > 0 && start.since !== null) await readWhatMoved(context, one);
      }
    },
  });
  // A reading of what changed does not take the turn of a listing of everything.
  if (!start.fullIsDue) await scheduleNext(context, entities);
  await readAgainWhereMoved(context, pullFrom);
}

/** Whoever moved the day while this listing was under way asked for what it has passed over. */
async function readAgainWhereMoved(
  { parts, organization }: DrainContext,
  readFrom: ReadonlyMap<Entity, Date | null>,
): Promise<void> {
  const { xeroCheckpoints } = parts.stores;
  for (const [entity, from] of readFrom) {
    const { pullFrom } = await xeroCheckpoints.load(organization.id, entity);
    if (from === null || pullFrom === null || pullFrom >= from) continue;
    await xeroCheckpoints.readAll(organization.id, entity);
  }
}

/** The entities that a listing is taken in for: those that are on, and the one that it is read for. */
function entitiesRead({ parts, organization }: DrainContext, entity: Entity): Entity[] {
  const { directions } = organization.settings;
  return parts.xero.listedWith(entity).filter((one) => one === entity || directions[one] !== 'off');
}

interface Start {
  since: Date | null;
  clock: 'ours' | 'xero';
  startedAt: Date;
  full: boolean;
  /** Everything is to be listed, and this reading does not. */
  fullIsDue: boolean;
}

/** Where a listing begins: where one was interrupted, or with what changed since all of its entities were read. */
async function startOf(context: DrainContext, entities: readonly Entity[], full: boolean): Promise<Start> {
  const { stores, clock } = context.parts;
  const { id } = context.organization;
  const checkpoints = await Promise.all(entities.map((entity) => stores.xeroCheckpoints.load(id, entity)));
  const [first, ...others] = checkpoints.map(({ reading }) =>
    reading === null ? '' : JSON.stringify(reading),
  );
  const { reading = null, fullAt = null } = checkpoints[0] ?? {};
  const now = clock.now();
  const fullIsDue = entities[0] !== undefined && isFullDue(entities[0], fullAt, now);
  if (reading !== null && others.every((other) => other === first) && (reading.full || !full)) {
    const since = reading.since === null ? null : new Date(reading.since);
    const { full: all } = reading;
    const startedAt = new Date(reading.startedAt);
    return { since, clock: 'xero', startedAt, full: all, fullIsDue: fullIsDue && !all };
  }
  const fresh = checkpoints.map(({ freshAsOf }) => freshAsOf);
  const all = full || fresh.includes(null);
  const since = all ? null : new Date(Math.min(...fresh.map((moment) => moment?.getTime() ?? 0)));
  return { since, clock: 'ours', startedAt: now, full: all, fullIsDue: fullIsDue && !all };
}

function textOf({ modifiedSince }: Position): string | null {
  return modifiedSince?.toISOString() ?? null;
}

function recordsOf(page: XeroPage, entity: Entity, listed: Entity): XeroRecord[] {
  return entity === listed ? page.records : (page.others.get(entity) ?? []);
}

type Step = Pick<Absorb, 'freshAsOf' | 'reading' | 'completeSince' | 'wholeOf' | 'hints'>;

/** What a page that was asked for then holds completely of an entity. */
export function wholeOf(page: XeroPage, entity: Entity, askedAt: Date): Pick<Absorb, 'wholeOf'> {
  const parentIds = page.wholeOf.get(entity) ?? [];
  return parentIds.length > 0 ? { wholeOf: { parentIds, askedAt } } : {};
}

/** Takes records in; returns of how many the amounts moved. */
export async function absorb(
  { parts, organization }: DrainContext,
  entity: Entity,
  records: readonly XeroRecord[],
  step: Step = { freshAsOf: null },
): Promise<number> {
  const { codecVersion } = parts.definitions[entity];
  const request = { organizationId: organization.id, entity, codecVersion, records, ...step };
  return (await parts.stores.identities.absorb(request)).moneyMoved;
}

/** What moved the amounts of these is read at once, not on its own slow beat. */
export async function readWhatMoved({ parts, organization }: DrainContext, entity: Entity): Promise<void> {
  const on = (MOVED_BY[entity] ?? []).filter((other) => organization.settings.directions[other] !== 'off');
  if (on.length > 0) await parts.stores.xeroCheckpoints.want(organization.id, on, parts.clock.now());
}

/** Reads what changed in Xero since then, by our clock, to find what became of a batch; the checkpoint stays. */
export async function lookUpSince(
  context: DrainContext,
  entity: Entity,
  { since, see }: { since: Date | null; see(record: XeroRecord): void },
): Promise<void> {
  await readListing(context, {
    entity,
    lane: 'event',
    since,
    clock: 'ours',
    take: async ({ records }) => {
      records.forEach(see);
      await absorb(context, entity, records);
    },
  });
}
