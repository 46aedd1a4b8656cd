import type { BrakeStore, CursorPage, GraveChange, HeldRecord } from '@sync/engine';
import type { Entity } from '@sync/domain';
import { pageOf, readCursor } from '../admin/cursor.js';
import type { Sql } from '../database/database.js';

/** Keeps by name what the brake holds. */
export async function holdChanges(
  sql: Sql,
  request: { organizationId: string; entity: Entity; changes: readonly GraveChange[]; now: Date },
): Promise<void> {
  const { organizationId, entity, changes, now } = request;
  await sql.run(
    `insert into held_change (organization_id, binding_id, entity, effect, at)
     select $1, c.id, $3, c.effect, $5 from unnest($2::uuid[], $4::text[]) as c (id, effect) order by c.id
     on conflict (organization_id, binding_id) do update set effect = excluded.effect`,
    [
      organizationId,
      changes.map(({ bindingId }) => bindingId),
      entity,
      changes.map(({ effect }) => effect),
      now,
    ],
  );
}

/** These are not held any more; null: none of the organization is. */
export async function letGo(
  sql: Sql,
  organizationId: string,
  bindingIds: readonly string[] | null,
): Promise<void> {
  await sql.run(
    `delete from held_change where organization_id = $1 and ($2::uuid[] is null or binding_id = any ($2::uuid[]))`,
    [organizationId, bindingIds],
  );
}

/** A change `h` that was held and is decided otherwise by now, such as one that was undone, is held no more. */
export const STILL_HELD = `exists (select from issue i where i.organization_id = h.organization_id
  and i.binding_id = h.binding_id and i.code = 'MASS_CHANGE_HELD' and i.resolved_at is null)`;

/** Of which entities something is held. */
export function heldByEntity(sql: Sql, organizationId: string): ReturnType<BrakeStore['heldByEntity']> {
  return sql.rows(
    `select h.entity, count(*)::int as count, min(h.at) as "heldSince" from held_change h
     where h.organization_id = $1 and ${STILL_HELD} group by h.entity order by min(h.at), h.entity`,
    [organizationId],
  );
}

/** Records that are held. */
export async function heldChanges(
  sql: Sql,
  { organizationId, entity, cursor, limit }: Parameters<BrakeStore['held']>[0],
): Promise<CursorPage<HeldRecord>> {
  const after = readCursor(cursor);
  const rows = await sql.rows<HeldRecord>(
    `select b.id as "recordId", b.entity, b.crm_id as "crmId", b.xero_id as "xeroId", b.label, h.effect, h.at as "heldAt"
     from held_change h join binding b on b.organization_id = $1 and b.id = h.binding_id
     where h.organization_id = $1 and ($2::text is null or h.entity = $2)
       and ${STILL_HELD}
       and ($3::timestamptz is null or (h.at, h.binding_id) > ($3, $4::uuid))
     order by h.at, h.binding_id limit $5`,
    [organizationId, entity, after?.at ?? null, after?.id ?? null, limit + 1],
  );
  return pageOf(rows, limit, {
    item: (row) => row,
    position: (row) => ({ at: row.heldAt, id: row.recordId }),
  });
}
