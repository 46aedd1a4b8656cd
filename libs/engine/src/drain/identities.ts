import { type Entity, SyncError } from '@sync/domain';
import type { XeroPage, XeroRecord } from '../ports/xero.js';
import type { DrainContext } from './context.js';
import { FACTS_FRESH_MS, IDENTITIES_FRESH_MS, OVERLAP_MS } from './timing.js';

/** A wait for room that a long listing sleeps through: the minute's limit. A longer one is the day's. */
const LONGEST_WAIT_MS = 70_000;

/**
 * Brings our copy of Xero's identity keys up to date before a record is created. The first time that is a listing of
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
  if (stale) await readIdentities(context, entity, { since: freshness, complete: true });
  context.identitiesFresh.add(entity);
  context.factsLookedAt.add(entity);
}

/** A long backfill lists what it wrote itself, page after page, and would do little else: once in a drain will do. */
function freshFor({ parts, factsLookedAt }: DrainContext, entity: Entity): number {
  const { facts } = parts.definitions[entity].identity;
  return facts && !factsLookedAt.has(entity) ? FACTS_FRESH_MS : IDENTITIES_FRESH_MS;
}

/** What to read: everything that changed since (null: everything), and whether that makes our copy complete. */
export interface IdentityReading {
  /** By our clock. */
  since: Date | null;
  complete: boolean;
  /** Sees each record; nothing else keeps them, since a listing of everything may be long. */
  see?(record: XeroRecord): void;
}

interface Position {
  modifiedSince: Date | null;
  page: number;
}

/**
 * Reads identity keys from Xero and keeps them. It seeks by time of change instead of counting pages: a record that
 * is edited meanwhile moves to the end, and by page numbers another would slip onto a page that was read already.
 */
export async function readIdentities(
  context: DrainContext,
  entity: Entity,
  { since, complete, see }: IdentityReading,
): Promise<void> {
  const { stores, clock } = context.parts;
  const organizationId = context.organization.id;
  const startedAt = clock.now();
  let position: Position = { modifiedSince: earlier(since, OVERLAP_MS), page: 1 };
  for (let more = true, first = true; more; first = false) {
    const listed = await listPage(context, entity, position);
    const behind = clock.now().getTime() - listed.answeredAt.getTime();
    if (first && position.modifiedSince !== null && behind > OVERLAP_MS / 2) {
      // Xero's clock is behind ours: what it dates before our `since` happened after it.
      position = { modifiedSince: earlier(since, OVERLAP_MS + behind), page: 1 };
      continue;
    }
    if (see) listed.records.forEach(see);
    const freshAsOf = !listed.more && complete ? startedAt : null;
    await stores.identities.absorb({ organizationId, entity, records: listed.records, freshAsOf });
    position = nextPosition(position, listed.records);
    more = listed.more;
  }
}

/** Sleeps through the minute's limit: a listing that is given up begins anew, and a long one would never end. */
async function listPage(context: DrainContext, entity: Entity, position: Position): Promise<XeroPage> {
  for (;;) {
    try {
      return await context.session.list({ entity, ...position, lane: 'event' });
    } catch (error) {
      const wait = waitFor(error, context.parts.clock.now());
      if (wait === null) throw error;
      await context.parts.clock.sleep(wait, context.signal);
    }
  }
}

function waitFor(error: unknown, now: Date): number | null {
  if (!(error instanceof SyncError) || error.kind !== 'rate-limited' || !error.retryAt) return null;
  const wait = Math.max(error.retryAt.getTime() - now.getTime(), 100);
  return wait > LONGEST_WAIT_MS ? null : wait;
}

function earlier(moment: Date | null, ms: number): Date | null {
  return moment === null ? null : new Date(moment.getTime() - ms);
}

/** A second before the last record's change; by page where a whole page changed within one second. */
function nextPosition(position: Position, records: readonly XeroRecord[]): Position {
  const last = records.at(-1)?.updatedAt ?? null;
  const next = last === null ? null : new Date(Math.floor(last.getTime() / 1000) * 1000 - 1000);
  const moves = next !== null && (position.modifiedSince === null || next > position.modifiedSince);
  return moves ? { modifiedSince: next, page: 1 } : { ...position, page: position.page + 1 };
}
