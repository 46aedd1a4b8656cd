import type { Entity } from '@sync/domain';
import type { XeroRecord } from '../ports/xero.js';
import type { DrainContext } from './context.js';
import { IDENTITIES_FRESH_MS, OVERLAP_MS } from './timing.js';

/**
 * Brings our copy of Xero's identity keys up to date before a record is created. The first time that is a listing of
 * everything, later of what changed since; at most once in a drain and not while the copy is fresh.
 */
export async function refreshIdentities(context: DrainContext, entity: Entity): Promise<void> {
  if (context.identitiesFresh.has(entity)) return;
  const { stores, clock } = context.parts;
  const freshness = await stores.identities.freshness(context.organization.id, entity);
  const stale = freshness === null || clock.now().getTime() - freshness.getTime() > IDENTITIES_FRESH_MS;
  if (stale) await readIdentities(context, entity, { since: freshness, complete: true });
  context.identitiesFresh.add(entity);
}

/** What to read: everything that changed since (null: everything), and whether that makes our copy complete. */
export interface IdentityReading {
  since: Date | null;
  complete: boolean;
}

/**
 * Reads identity keys from Xero and keeps them. It seeks by time of change instead of counting pages: a record that
 * is edited meanwhile moves to the end, and by page numbers another would slip onto a page that was read already.
 */
export async function readIdentities(
  context: DrainContext,
  entity: Entity,
  { since, complete }: IdentityReading,
): Promise<XeroRecord[]> {
  const { stores, clock } = context.parts;
  const organizationId = context.organization.id;
  const startedAt = clock.now();
  const found = new Map<string, XeroRecord>();
  let position = { modifiedSince: since === null ? null : new Date(since.getTime() - OVERLAP_MS), page: 1 };
  for (let more = true; more; ) {
    const listed = await context.session.list({ entity, ...position, lane: 'event' });
    for (const record of listed.records) found.set(record.xeroId, record);
    const freshAsOf = !listed.more && complete ? startedAt : null;
    await stores.identities.absorb({ organizationId, entity, records: listed.records, freshAsOf });
    position = nextPosition(position, listed.records);
    more = listed.more;
  }
  return [...found.values()];
}

/** A second before the last record's change; by page where a whole page changed within one second. */
function nextPosition(
  position: { modifiedSince: Date | null; page: number },
  records: readonly XeroRecord[],
) {
  const last = records.at(-1)?.updatedAt ?? null;
  const next = last === null ? null : new Date(Math.floor(last.getTime() / 1000) * 1000 - 1000);
  const moves = next !== null && (position.modifiedSince === null || next > position.modifiedSince);
  return moves ? { modifiedSince: next, page: 1 } : { ...position, page: position.page + 1 };
}
