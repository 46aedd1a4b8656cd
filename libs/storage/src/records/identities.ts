import type { IdentityCandidate, IdentityKeys, IdentityStore, XeroDerived } from '@sync/engine';
import type { Json } from '@sync/domain';
import type { Database, Sql } from '../database/database.js';
import { jsonParameter } from '../database/json-parameter.js';
import { absorbRecords } from './absorb-records.js';

/** The copy of identity keys. */
export function createIdentityStore(database: Database): IdentityStore {
  return {
    freshness: async (organizationId, entity) => {
      const [row] = await database.rows<{ fresh_as_of: Date }>(
        'select fresh_as_of from identity_freshness where organization_id = $1 and entity = $2',
        [organizationId, entity],
      );
      return row?.fresh_as_of ?? null;
    },
    absorb: (request) =>
      database.transaction(async (sql) => {
        await absorbRecords(sql, request);
        if (request.freshAsOf !== null) await setFreshness(sql, { ...request, freshAsOf: request.freshAsOf });
      }),
    candidates: async (organizationId, entity, wanted) => {
      if (wanted.length === 0) return [];
      const rows = await database.rows<CandidateRow>(CANDIDATES, [
        organizationId,
        entity,
        jsonParameter(wanted),
      ]);
      return rows.map(candidateOf);
    },
  };
}

async function setFreshness(
  sql: Sql,
  { organizationId, entity, freshAsOf }: { organizationId: string; entity: string; freshAsOf: Date },
): Promise<void> {
  await sql.run(
    `insert into identity_freshness as f (organization_id, entity, fresh_as_of) values ($1, $2, $3)
     on conflict (organization_id, entity) do update
       set fresh_as_of = greatest(f.fresh_as_of, excluded.fresh_as_of)`,
    [organizationId, entity, freshAsOf],
  );
}

interface CandidateRow extends Omit<IdentityKeys, 'date'> {
  xeroId: string;
  date: string | null;
  live: boolean;
  derived: XeroDerived;
  owned: Json;
  updatedAt: Date | null;
  boundCrmIds: string[];
}

function candidateOf(row: CandidateRow): IdentityCandidate {
  const { xeroId, live, derived, owned, updatedAt, boundCrmIds, ...keys } = row;
  return { xeroId, keys, live, derived, owned, updatedAt, boundCrmIds };
}

const TAX_KEY = (column: string) => `regexp_replace(upper(${column}), '[^A-Z0-9]', '', 'g')`;

const sharing = (condition: string) =>
  `select x.xero_id from wanted w
   join xero_identity x on x.organization_id = $1 and x.entity = $2 and ${condition}`;

/** A total of the same parent stands in for a number where documents have none, as payments do. */
const CANDIDATES = `
  with wanted as (
    select * from jsonb_to_recordset($3::jsonb) as w (marker text, number text, name text, email text,
      "taxNumber" text, "parentXeroId" text, total text)),
  hits as (
    ${[
      'x.marker = w.marker',
      'lower(x.number) = lower(w.number)',
      'lower(x.name) = lower(w.name)',
      'lower(x.email) = lower(w.email)',
      `${TAX_KEY('x.tax_number')} = ${TAX_KEY('w."taxNumber"')} and ${TAX_KEY('w."taxNumber"')} <> ''`,
      'x.parent_xero_id = w."parentXeroId" and x.total = w.total',
    ]
      .map(sharing)
      .join(' union ')})
  select x.xero_id as "xeroId", x.marker, x.number, x.name, x.email, x.tax_number as "taxNumber",
    x.parent_xero_id as "parentXeroId", x.currency, to_char(x.date, 'YYYY-MM-DD') as date, x.total, x.live,
    x.derived, x.owned, x.updated_at as "updatedAt",
    array(select b.crm_id from binding b where b.organization_id = $1 and b.entity = $2
      and b.xero_id = x.xero_id and b.crm_id is not null) as "boundCrmIds"
  from hits join xero_identity x on x.organization_id = $1 and x.entity = $2 and x.xero_id = hits.xero_id`;
