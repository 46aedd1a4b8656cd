import type {
  Absorb,
  AbsorbReport,
  IdentityCandidate,
  IdentityKeys,
  IdentityStore,
  XeroDerived,
  XeroRecord,
} from '@sync/engine';
import type { Clock, Json } from '@sync/domain';
import type { Database, Sql } from '../database/database.js';
import type { Statistics } from '../database/statistics.js';
import { jsonParameter } from '../database/json-parameter.js';
import { absorbRecords, type KnownBefore } from './absorb-records.js';
import { copiesOf } from './copies.js';
import { markGone } from './gone-from-xero.js';
import { hintChanges } from './hint-changes.js';
import { MARKED_BINDING } from './marked-binding.js';
import { moveCheckpoint } from './move-checkpoint.js';
import { wakeRefused } from './wake-refused.js';

/** Our copy of what Xero holds. */
export function createIdentityStore(database: Database, statistics: Statistics, clock: Clock): IdentityStore {
  return {
    freshness: async (organizationId, entity) => {
      const [row] = await database.rows<{ fresh_as_of: Date | null }>(
        'select fresh_as_of from xero_checkpoint where organization_id = $1 and entity = $2',
        [organizationId, entity],
      );
      return row?.fresh_as_of ?? null;
    },
    absorb: async (request) => {
      const report = await database.transaction((sql) => takeIn(sql, request, clock.now()));
      await statistics.grew(['xero_identity'], request.records.length);
      return report;
    },
    candidates: async (organizationId, entity, wanted) => {
      if (wanted.length === 0) return [];
      const rows = await database.rows<CandidateRow>(CANDIDATES, [
        organizationId,
        entity,
        jsonParameter(wanted),
      ]);
      return rows.map(candidateOf);
    },
    copies: (organizationId, entity, xeroIds) => copiesOf(database, { organizationId, entity, xeroIds }),
    dead: async (organizationId, entity, xeroIds) => {
      const rows = await database.rows<{ id: string }>(
        `select xero_id as id from xero_identity
         where organization_id = $1 and entity = $2 and xero_id = any ($3) and not live`,
        [organizationId, entity, xeroIds],
      );
      return rows.map(({ id }) => id);
    },
  };
}

async function takeIn(sql: Sql, request: Absorb, now: Date): Promise<AbsorbReport> {
  const { organizationId, entity, completeSince, wholeOf, hints } = request;
  const read = { ...request, seenAt: now };
  const before = await absorbRecords(sql, read);
  const changed = request.records.filter((record) => isAnother(before.get(record.xeroId), record));
  let hinted = hints === undefined ? 0 : await hintChanges(sql, read, hints);
  const gone = { organizationId, entity, now };
  if (completeSince !== undefined)
    hinted += await markGone(sql, { ...gone, since: completeSince, lane: 'backfill' });
  if (wholeOf !== undefined && hints !== undefined) {
    const { parentIds, askedAt } = wholeOf;
    hinted += await markGone(sql, { ...gone, parentIds, since: askedAt, lane: hints.lane });
  }
  hinted += await wakeRefused(sql, read, changed);
  await moveCheckpoint(sql, request);
  const moneyMoved = request.records.filter((record) =>
    hasMoneyMoved(before.get(record.xeroId)?.derived, record),
  );
  return { hinted, moneyMoved: moneyMoved.length };
}

function isAnother(before: KnownBefore | undefined, { updatedAt }: XeroRecord): boolean {
  return before?.updatedAt?.getTime() !== updatedAt?.getTime();
}

function hasMoneyMoved(before: XeroDerived | undefined, { derived }: XeroRecord): boolean {
  if (before === undefined) return Number(derived.paid ?? 0) !== 0 || Number(derived.credited ?? 0) !== 0;
  return before.paid !== derived.paid || before.credited !== derived.credited;
}

interface CandidateRow extends Omit<IdentityKeys, 'date'> {
  xeroId: string;
  date: string | null;
  live: boolean;
  derived: XeroDerived;
  owned: Json;
  updatedAt: Date | null;
  boundCrmIds: string[];
  markedByUs: boolean;
}

function candidateOf(row: CandidateRow): IdentityCandidate {
  const { xeroId, live, derived, owned, updatedAt, boundCrmIds, markedByUs, ...keys } = row;
  return { xeroId, keys, live, derived, owned, updatedAt, boundCrmIds, markedByUs };
}

const TAX_KEY = (text: string) => `regexp_replace(upper(${text}), '[^A-Z0-9]', '', 'g')`;

/** The records whose key is one of those wanted. A plain list lets the planner take the index of the key. */
const sharing = (key: (text: string) => string, column: string, wanted: string) =>
  `select x.xero_id from xero_identity x where x.organization_id = $1 and x.entity = $2
     and ${key(`x.${column}`)} = any (array(
       select ${key(`w.${wanted}`)} from wanted w where ${key(`w.${wanted}`)} <> ''))`;

const same = (text: string) => text;
const lower = (text: string) => `lower(${text})`;

/** A total of the same parent stands in for a number where documents have none, as payments do. */
const PARENT_AND_TOTAL = `
  select x.xero_id from xero_identity x
  join wanted w on x.parent_xero_id = w."parentXeroId" and x.total = w.total
  where x.organization_id = $1 and x.entity = $2
    and x.parent_xero_id = any (array(select w."parentXeroId" from wanted w where w.total is not null))`;

/** Exported for the spec of its plan. */
export const CANDIDATES = `
  with wanted as materialized (
    select * from jsonb_to_recordset($3::jsonb) as w (marker text, number text, name text, email text,
      "taxNumber" text, "parentXeroId" text, total text)),
  hits as materialized (
    ${[
      sharing(same, 'marker', 'marker'),
      sharing(lower, 'number', 'number'),
      sharing(lower, 'name', 'name'),
      sharing(lower, 'email', 'email'),
      sharing(TAX_KEY, 'tax_number', '"taxNumber"'),
      PARENT_AND_TOTAL,
    ].join(' union ')})
  select x.xero_id as "xeroId", x.marker, x.number, x.name, x.email, x.tax_number as "taxNumber",
    x.parent_xero_id as "parentXeroId", x.currency, to_char(x.date, 'YYYY-MM-DD') as date, x.total, x.live,
    x.derived, x.owned, x.updated_at as "updatedAt",
    array(select b.crm_id from binding b where b.organization_id = $1 and b.entity = $2
      and b.xero_id = x.xero_id and b.crm_id is not null) as "boundCrmIds",
    coalesce((select m.organization_id = $1 and m.entity = $2 from binding m where m.id = ${MARKED_BINDING}), false)
      as "markedByUs"
  from xero_identity x
  where x.organization_id = $1 and x.entity = $2 and x.xero_id = any (array(select xero_id from hits))`;
