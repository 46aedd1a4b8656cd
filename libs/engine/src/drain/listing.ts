import { type Entity, type Lane, SyncError } from '@sync/domain';
import type { XeroPage } from '../ports/xero.js';
import type { DrainContext } from './context.js';
import { OVERLAP_MS } from './timing.js';

/** A wait for room that a long listing sleeps through: the minute's limit. A longer one is the day's. */
const LONGEST_WAIT_MS = 70_000;

/** What of a listing is still to be read. */
export interface Position {
  modifiedSince: Date | null;
  page: number;
}

/** A listing to be read to its end. */
export interface Listing {
  entity: Entity;
  lane: Lane;
  /** Everything that changed since (null: everything); by our clock, or by Xero's where it goes on. */
  since: Date | null;
  clock: 'ours' | 'xero';
  /** Takes a page in that was asked for then. `next` is where the listing goes on; null: this was the last page. */
  take(page: XeroPage, at: { next: Position | null; askedAt: Date }): Promise<void>;
}

/**
 * Reads a listing to its end. It seeks by time of change instead of counting pages: a record that is edited meanwhile
 * moves to the end, and by page numbers another would slip onto a page that was read already.
 */
export async function readListing(context: DrainContext, listing: Listing): Promise<void> {
  const { entity, lane, since } = listing;
  const ours = listing.clock === 'ours';
  let position: Position | null = { modifiedSince: ours ? earlier(since, OVERLAP_MS) : since, page: 1 };
  for (let first = true; position !== null; first = false) {
    const { page, askedAt } = await listPage(context, entity, position, lane);
    const behind = context.parts.clock.now().getTime() - page.answeredAt.getTime();
    if (first && ours && since !== null && behind > OVERLAP_MS / 2) {
      // Xero's clock is behind ours: what it dates before our `since` happened after it.
      position = { modifiedSince: earlier(since, OVERLAP_MS + behind), page: 1 };
      continue;
    }
    const next: Position | null = page.more ? nextPosition(position, page.changedUpTo) : null;
    await listing.take(page, { next, askedAt });
    position = next;
  }
}

/** Sleeps through the minute's limit: a listing that is given up begins anew, and a long one would never end. */
async function listPage(
  context: DrainContext,
  entity: Entity,
  position: Position,
  lane: Lane,
): Promise<{ page: XeroPage; askedAt: Date }> {
  for (;;) {
    const askedAt = context.parts.clock.now();
    try {
      return { page: await context.session.list({ entity, ...position, lane }), askedAt };
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
function nextPosition(position: Position, last: Date | null): Position {
  const next = last === null ? null : new Date(Math.floor(last.getTime() / 1000) * 1000 - 1000);
  const moves = next !== null && (position.modifiedSince === null || next > position.modifiedSince);
  return moves ? { modifiedSince: next, page: 1 } : { ...position, page: position.page + 1 };
}
