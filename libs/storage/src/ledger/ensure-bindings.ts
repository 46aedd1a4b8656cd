import type { Hint } from '@sync/engine';
import type { Entity } from '@sync/domain';
import { chunks } from '../database/chunks.js';
import type { Sql } from '../database/database.js';

/** A binding that exists now. */
export interface KnownBinding {
  id: string;
  entity: Entity;
  crmId: string | null;
  xeroId: string | null;
}

/** Finds the binding of each record. */
export type FindBinding = (record: Hint) => string;

type CrmHint = Extract<Hint, { crmId: string }>;
type XeroHint = Extract<Hint, { xeroId: string }>;

/**
 * A UUID of version 7 (RFC 9562), with the place in the list as its counter. Operations are claimed in the order of
 * their bindings' ids where they are due at once: so older records come first, and of two payments the earlier one.
 */
const ORDERED_ID = `(
  select (substr(t.ms, 1, 8) || '-' || substr(t.ms, 9) || '-7' || lpad(to_hex(h.n::int & 4095), 3, '0') || '-'
    || substr(gen_random_uuid()::text, 20))::uuid
  from (select lpad(to_hex((extract(epoch from clock_timestamp()) * 1000)::bigint), 12, '0') as ms) t)`;

const MAKE_BY_CRM = `
  insert into binding (id, organization_id, entity, crm_id, status, created_at, updated_at)
  select ${ORDERED_ID}, $1, h.entity, h.id, 'pending', $4, $4
  from unnest($2::text[], $3::text[]) with ordinality as h (entity, id, n) order by h.n
  on conflict (organization_id, entity, role, crm_id) do nothing`;

const MAKE_BY_XERO = `
  insert into binding (id, organization_id, entity, xero_id, status, created_at, updated_at)
  select ${ORDERED_ID}, $1, h.entity, h.id, 'pending', $4, $4
  from unnest($2::text[], $3::text[]) with ordinality as h (entity, id, n)
  where not exists (select from binding b
    where b.organization_id = $1 and b.entity = h.entity and b.role = 'main' and b.xero_id = h.id)
  order by h.n
  on conflict do nothing`;

/**
 * Finds the bindings of these records and makes stubs for the rest. Inserts in one order everywhere: two transactions
 * that make the same stubs wait for each other, and in two orders they would do so for ever. For the same reason it
 * comes before any operation is locked.
 */
export async function ensureBindings(
  sql: Sql,
  request: { organizationId: string; hints: readonly Hint[]; now: Date },
): Promise<KnownBinding[]> {
  const { organizationId, now } = request;
  for (const part of chunks(inOrder(request.hints.filter(isCrmHint), ({ crmId }) => crmId)))
    await sql.run(MAKE_BY_CRM, [organizationId, entitiesOf(part), part.map(({ crmId }) => crmId), now]);
  for (const part of chunks(inOrder(request.hints.filter(isXeroHint), ({ xeroId }) => xeroId)))
    await sql.run(MAKE_BY_XERO, [organizationId, entitiesOf(part), part.map(({ xeroId }) => xeroId), now]);
  return findBindings(sql, organizationId, request.hints);
}

/** The bindings of these records that exist, each once; of several that share a record of Xero, the oldest whole one. */
export async function findBindings(
  sql: Sql,
  organizationId: string,
  hints: readonly Hint[],
): Promise<KnownBinding[]> {
  const found = new Map<string, KnownBinding>();
  for (const part of chunks(inOrder(hints.filter(isCrmHint), ({ crmId }) => crmId)))
    for (const known of await find(
      sql,
      organizationId,
      'crm_id',
      part.map(({ entity, crmId: id }) => ({ entity, id })),
    ))
      found.set(known.id, known);
  for (const part of chunks(inOrder(hints.filter(isXeroHint), ({ xeroId }) => xeroId)))
    for (const known of await find(
      sql,
      organizationId,
      'xero_id',
      part.map(({ entity, xeroId: id }) => ({ entity, id })),
    ))
      found.set(known.id, known);
  return [...found.values()];
}

function find(
  sql: Sql,
  organizationId: string,
  column: 'crm_id' | 'xero_id',
  records: readonly { entity: Entity; id: string }[],
): Promise<KnownBinding[]> {
  return sql.rows<KnownBinding>(
    `select distinct on (b.entity, b.${column}) b.id, b.entity, b.crm_id as "crmId", b.xero_id as "xeroId"
     from unnest($2::text[], $3::text[]) as h (entity, id)
     join binding b on b.organization_id = $1 and b.entity = h.entity and b.role = 'main' and b.${column} = h.id
     order by b.entity, b.${column}, b.crm_id is null, b.id`,
    [organizationId, records.map(({ entity }) => entity), records.map(({ id }) => id)],
  );
}

/** Looks up what `ensureBindings` made or found. */
export function finder(bindings: readonly KnownBinding[]): FindBinding {
  const ids = new Map<string, string>();
  for (const { id, entity, crmId, xeroId } of bindings) {
    if (crmId !== null) ids.set(`${entity} crm ${crmId}`, id);
    if (xeroId !== null && !ids.has(`${entity} xero ${xeroId}`)) ids.set(`${entity} xero ${xeroId}`, id);
  }
  return (record) => {
    const key = isCrmHint(record) ? `crm ${record.crmId}` : `xero ${record.xeroId}`;
    const id = ids.get(`${record.entity} ${key}`);
    if (id === undefined) throw new Error(`The binding of ${record.entity} ${key} was not made`);
    return id;
  };
}

function isCrmHint(hint: Hint): hint is CrmHint {
  return 'crmId' in hint;
}

function isXeroHint(hint: Hint): hint is XeroHint {
  return 'xeroId' in hint;
}

function entitiesOf(hints: readonly Hint[]): string[] {
  return hints.map(({ entity }) => entity);
}

function inOrder<H extends Hint>(hints: readonly H[], idOf: (hint: H) => string): H[] {
  const distinct = new Map(hints.map((hint) => [`${hint.entity} ${idOf(hint)}`, hint]));
  return [...distinct.values()].toSorted((a, b) => byText(a.entity, b.entity) || byLength(idOf(a), idOf(b)));
}

function byText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Shorter ids first: ids that are numbers stand in the order of the numbers. */
function byLength(a: string, b: string): number {
  return a.length - b.length || byText(a, b);
}
