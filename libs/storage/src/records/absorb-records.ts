import type { XeroDerived, XeroRecord } from '@sync/engine';
import { isDead } from '@sync/engine';
import type { Entity } from '@sync/domain';
import { chunks } from '../database/chunks.js';
import type { Sql } from '../database/database.js';
import { jsonParameter } from '../database/json-parameter.js';

/** Records to take in, as read at `seenAt`. */
export interface RecordsRead {
  organizationId: string;
  entity: Entity;
  codecVersion: number;
  records: readonly XeroRecord[];
  seenAt: Date;
}

/** What was known of a record before it was read anew. */
export interface KnownBefore {
  derived: XeroDerived;
  updatedAt: Date | null;
}

/**
 * Takes records into our copy; an older reading never replaces a newer one, and a field that a reading left out stays as
 * it was known. Returns what of those that
 * were known before was so.
 */
export async function absorbRecords(sql: Sql, request: RecordsRead): Promise<Map<string, KnownBefore>> {
  const { organizationId, entity, codecVersion, seenAt } = request;
  const before = new Map<string, KnownBefore>();
  for (const part of chunks(inOrder(request.records))) {
    const ids = part.map(({ xeroId }) => xeroId);
    for (const { xeroId, ...known } of await knownOf(sql, organizationId, entity, ids))
      before.set(xeroId, known);
    await sql.run(ABSORB, [organizationId, entity, jsonParameter(part.map(rowOf)), seenAt, codecVersion]);
    await sql.run(SEEN, [organizationId, entity, ids, seenAt]);
  }
  return before;
}

function knownOf(
  sql: Sql,
  organizationId: string,
  entity: Entity,
  ids: readonly string[],
): Promise<({ xeroId: string } & KnownBefore)[]> {
  return sql.rows(
    `select xero_id as "xeroId", derived, updated_at as "updatedAt" from xero_identity
     where organization_id = $1 and entity = $2 and xero_id = any ($3)`,
    [organizationId, entity, ids],
  );
}

/** Each record once, the last reading of it, in one order for everybody: writers must not wait for each other in a ring. */
function inOrder(records: readonly XeroRecord[]): XeroRecord[] {
  const distinct = new Map(records.map((record) => [record.xeroId, record]));
  return [...distinct.values()].toSorted((a, b) => (a.xeroId < b.xeroId ? -1 : 1));
}

function rowOf({ xeroId, keys, owned, derived, updatedAt }: XeroRecord): object {
  return {
    xero_id: xeroId,
    marker: keys.marker,
    number: keys.number,
    name: keys.name,
    email: keys.email,
    tax_number: keys.taxNumber,
    parent_xero_id: keys.parentXeroId,
    currency: keys.currency,
    date: keys.date,
    total: keys.total,
    live: !isDead(derived),
    derived,
    owned,
    updated_at: updatedAt,
  };
}

const ABSORB = `
  insert into xero_identity as x (organization_id, entity, xero_id, marker, number, name, email, tax_number,
    parent_xero_id, currency, date, total, live, derived, owned, updated_at, seen_at, codec_version)
  select $1, $2, r.xero_id, r.marker, r.number, r.name, r.email, r.tax_number, r.parent_xero_id, r.currency,
    r.date, r.total, r.live, r.derived, r.owned, r.updated_at, $4, $5
  from jsonb_to_recordset($3::jsonb) as r (xero_id text, marker text, number text, name text, email text,
    tax_number text, parent_xero_id text, currency text, date date, total text, live boolean, derived jsonb,
    owned jsonb, updated_at timestamptz)
  order by r.xero_id collate "C"
  on conflict (organization_id, entity, xero_id) do update set
    marker = excluded.marker, number = excluded.number, name = excluded.name, email = excluded.email,
    tax_number = excluded.tax_number, parent_xero_id = excluded.parent_xero_id, currency = excluded.currency,
    date = excluded.date, total = excluded.total, live = excluded.live, derived = excluded.derived,
    owned = case when x.codec_version = excluded.codec_version then x.owned || excluded.owned else excluded.owned end,
    updated_at = excluded.updated_at, seen_at = excluded.seen_at,
    codec_version = excluded.codec_version
  where x.updated_at is null or excluded.updated_at is null or excluded.updated_at >= x.updated_at`;

/** It is there, even if what is known of it is newer. */
const SEEN = `
  update xero_identity set seen_at = $4
  where organization_id = $1 and entity = $2 and xero_id = any ($3) and (seen_at is null or seen_at < $4)`;
