import type { Hint } from '@sync/engine';
import type { Entity } from '@sync/domain';
import { chunks } from '../database/chunks.js';
import type { Sql } from '../database/database.js';

/** A binding that exists now. */
export interface KnownBinding {
  id: string;
  entity: Entity;
  crmId: string;
}

/**
 * A UUID of version 7 (RFC 9562), with the place in the list as its counter. Operations are claimed in the order of
 * their bindings' ids where they are due at once: so older records come first, and of two payments the earlier one.
 */
const ORDERED_ID = `(
  select (substr(t.ms, 1, 8) || '-' || substr(t.ms, 9) || '-7' || lpad(to_hex(h.n::int & 4095), 3, '0') || '-'
    || substr(gen_random_uuid()::text, 20))::uuid
  from (select lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0') as ms) t)`;

/**
 * Finds the bindings of these records and makes stubs for the rest. Inserts in one order everywhere: two transactions
 * that make the same stubs wait for each other, and in two orders they would do so for ever. For the same reason it
 * comes before any operation is locked.
 */
export async function ensureBindings(
  sql: Sql,
  request: { organizationId: string; hints: readonly Hint[]; now: Date },
): Promise<KnownBinding[]> {
  const known: KnownBinding[] = [];
  for (const part of chunks(inOrder(request.hints))) {
    await sql.run(
      `insert into binding (id, organization_id, entity, crm_id, status, created_at, updated_at)
       select ${ORDERED_ID}, $1, h.entity, h.crm_id, 'pending', $4, $4
       from unnest($2::text[], $3::text[]) with ordinality as h (entity, crm_id, n) order by h.n
       on conflict (organization_id, entity, role, crm_id) do nothing`,
      [request.organizationId, part.map((hint) => hint.entity), part.map((hint) => hint.crmId), request.now],
    );
    known.push(...(await findBindings(sql, request.organizationId, part)));
  }
  return known;
}

/** The bindings of these records that exist. */
export function findBindings(
  sql: Sql,
  organizationId: string,
  hints: readonly Hint[],
): Promise<KnownBinding[]> {
  return sql.rows<KnownBinding>(
    `select b.id, b.entity, b.crm_id as "crmId"
     from unnest($2::text[], $3::text[]) as h (entity, crm_id)
     join binding b on b.organization_id = $1 and b.entity = h.entity and b.role = 'main' and b.crm_id = h.crm_id`,
    [organizationId, hints.map((hint) => hint.entity), hints.map((hint) => hint.crmId)],
  );
}

function inOrder(hints: readonly Hint[]): Hint[] {
  const distinct = new Map(hints.map((hint) => [`${hint.entity} ${hint.crmId}`, hint]));
  return [...distinct.values()].toSorted(byEntityAndId);
}

/** Shorter ids first: ids that are numbers stand in the order of the numbers. */
function byEntityAndId(a: Hint, b: Hint): number {
  if (a.entity !== b.entity) return a.entity < b.entity ? -1 : 1;
  return a.crmId.length - b.crmId.length || (a.crmId < b.crmId ? -1 : 1);
}
