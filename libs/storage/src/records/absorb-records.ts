import type { XeroRecord } from '@sync/engine';
import type { Entity } from '@sync/domain';
import { chunks } from '../database/chunks.js';
import type { Sql } from '../database/database.js';
import { jsonParameter } from '../database/json-parameter.js';

const DEAD: ReadonlySet<string> = new Set(['archived', 'voided', 'deleted']);

/** Takes records into the copy of identity keys; an older reading never replaces a newer one. */
export async function absorbRecords(
  sql: Sql,
  request: { organizationId: string; entity: Entity; records: readonly XeroRecord[] },
): Promise<void> {
  const { organizationId, entity } = request;
  for (const part of chunks(inOrder(request.records))) {
    await sql.run(ABSORB, [organizationId, entity, jsonParameter(part.map(rowOf))]);
  }
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
    live: !DEAD.has(derived.status),
    derived,
    owned,
    updated_at: updatedAt,
  };
}

const ABSORB = `
  insert into xero_identity as x (organization_id, entity, xero_id, marker, number, name, email, tax_number,
    parent_xero_id, currency, date, total, live, derived, owned, updated_at)
  select $1, $2, r.xero_id, r.marker, r.number, r.name, r.email, r.tax_number, r.parent_xero_id, r.currency,
    r.date, r.total, r.live, r.derived, r.owned, r.updated_at
  from jsonb_to_recordset($3::jsonb) as r (xero_id text, marker text, number text, name text, email text,
    tax_number text, parent_xero_id text, currency text, date date, total text, live boolean, derived jsonb,
    owned jsonb, updated_at timestamptz)
  order by r.xero_id collate "C"
  on conflict (organization_id, entity, xero_id) do update set
    marker = excluded.marker, number = excluded.number, name = excluded.name, email = excluded.email,
    tax_number = excluded.tax_number, parent_xero_id = excluded.parent_xero_id, currency = excluded.currency,
    date = excluded.date, total = excluded.total, live = excluded.live, derived = excluded.derived,
    owned = excluded.owned, updated_at = excluded.updated_at
  where x.updated_at is null or excluded.updated_at is null or excluded.updated_at >= x.updated_at`;
