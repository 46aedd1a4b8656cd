import type { BrakeStore, GraveChange } from '@sync/engine';
import { type Clock, codesLookedAtAgainBy, type Entity } from '@sync/domain';
import type { Database, Sql } from '../database/database.js';
import { redriveParked } from '../ledger/hints.js';
import { heldByEntity, heldChanges, holdChanges, letGo, STILL_HELD } from './held-changes.js';

const HOUR_MS = 3_600_000;

/** So many within an hour are nothing special, however small the organization. */
const ALWAYS_ALLOWED = 20;

/** The share of what is on both sides that is nothing special. */
const SHARE = 0.02;

/** Counts grave changes. Only the holder of a connection's lease makes them, so nobody else counts at the same time. */
export function createBrakeStore(database: Database, clock: Clock): BrakeStore {
  return {
    pass: (organizationId, entity, changes) =>
      database.transaction((sql) => pass(sql, { organizationId, entity, changes, now: clock.now() })),
    heldByEntity: (organizationId) => heldByEntity(database, organizationId),
    held: (request) => heldChanges(database, request),
    confirm: (organizationId) =>
      database.transaction(async (sql) => {
        if ((await heldByEntity(sql, organizationId)).length === 0) return false;
        const now = clock.now();
        await sql.run(
          `insert into brake_release (organization_id, until) values ($1, $2)
           on conflict (organization_id) do update set until = excluded.until`,
          [organizationId, new Date(now.getTime() + HOUR_MS)],
        );
        await redriveParked(sql, organizationId, codesLookedAtAgainBy('confirmation'), now);
        await letGo(sql, organizationId, null);
        return true;
      }),
  };
}

async function pass(
  sql: Sql,
  request: { organizationId: string; entity: Entity; changes: readonly GraveChange[]; now: Date },
): ReturnType<BrakeStore['pass']> {
  const { organizationId, entity, changes, now } = request;
  const bindingIds = changes.map(({ bindingId }) => bindingId);
  const [state] = await sql.rows<{ released: boolean; holding: boolean; count: number; bound: number }>(
    `select exists (select from brake_release r where r.organization_id = $1 and r.until > $3) as released,
       exists (select from held_change h where h.organization_id = $1 and ${STILL_HELD}) as holding,
       (select count(*)::int from grave_change g where g.organization_id = $1 and g.at > $4
          and not g.binding_id = any ($2::uuid[])) as count,
       (select count(*)::int from binding b
        where b.organization_id = $1 and b.crm_id is not null and b.xero_id is not null) as bound`,
    [organizationId, bindingIds, now, new Date(now.getTime() - HOUR_MS)],
  );
  if (state === undefined) throw new Error('The brake did not answer');
  const count = state.count + bindingIds.length;
  const allowed = Math.max(ALWAYS_ALLOWED, Math.floor(state.bound * SHARE));
  if (!state.released && (state.holding || count > allowed)) {
    await holdChanges(sql, request);
    return { open: false, count };
  }
  await letGo(sql, organizationId, bindingIds);
  await sql.run(
    `insert into grave_change (organization_id, binding_id, entity, at)
     select $1, g.id, $3, $4 from unnest($2::uuid[]) as g (id)
     on conflict (organization_id, binding_id) do update set at = excluded.at`,
    [organizationId, bindingIds, entity, now],
  );
  return { open: true };
}
