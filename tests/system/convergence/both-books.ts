import { ENTITIES, type Entity } from '@sync/domain';
import type { RecordView } from '@sync/engine';
import { SAMPLE_CRM_KEY } from '@sync/sandbox';
import type { Ledger, LedgerDocument } from '../sandbox-control.js';
import type { Stage } from '../stage.js';
import { type KnownRecords, knownRecords } from './records.js';

/** What both sides hold at one moment, and what the service knows of it. */
export interface BothBooks extends KnownRecords {
  crm: ReadonlyMap<string, LedgerDocument>;
  xero: ReadonlyMap<string, LedgerDocument>;
  /** People whom the CRM has no more use for: whether Xero archives them is no matter of the books. */
  dormant: ReadonlySet<string>;
}

/** Ids that the CRM takes in one reading call. */
const IDS_PER_CALL = 200;

/** Xero has one list of contacts, and names its items by code. */
const SHELVES: Readonly<Partial<Record<Entity, string>>> = { customers: 'people', vendors: 'people' };

/** Taxes are compared by what they do to amounts; no list of the CRM holds their combinations. */
export const COMPARED: readonly Entity[] = ENTITIES.filter((entity) => entity !== 'taxes');

/** Where a record lies: documents of Xero that may be either are looked for in one place. */
export function crmKey({ entity, crmId }: Pick<RecordView, 'entity' | 'crmId'>): string {
  return `${entity} ${crmId}`;
}

export function xeroKey({ entity, xeroId }: Pick<RecordView, 'entity' | 'xeroId'>): string {
  return `${SHELVES[entity] ?? entity} ${xeroId}`;
}

/** Looks at both sides. */
export async function bothBooks(stage: Stage): Promise<BothBooks> {
  const [crm, xero] = [await stage.sandbox.crmLedger(true), await stage.sandbox.ledger(true)];
  return {
    ...(await knownRecords(stage)),
    dormant: new Set([
      ...(await dormantOf(stage, crm, 'customers')),
      ...(await dormantOf(stage, crm, 'vendors')),
    ]),
    crm: byKey(crm, (entity, crmId) => crmKey({ entity, crmId })),
    xero: byKey(xero, (entity, xeroId) => xeroKey({ entity, xeroId })),
  };
}

async function dormantOf(
  { sandbox }: Stage,
  crm: Ledger,
  entity: 'customers' | 'vendors',
): Promise<string[]> {
  const headers = { authorization: `Bearer ${SAMPLE_CRM_KEY}` };
  const ids = (crm[entity]?.documents ?? []).map(({ id }) => id);
  const dormant: string[] = [];
  for (let start = 0; start < ids.length; start += IDS_PER_CALL) {
    const part = ids.slice(start, start + IDS_PER_CALL).join(',');
    const response = await fetch(`${sandbox.url}/crm/v1/${entity}?ids=${part}`, { headers });
    const { records } = (await response.json()) as { records: { id: string; active: boolean }[] };
    dormant.push(...records.filter(({ active }) => !active).map(({ id }) => crmKey({ entity, crmId: id })));
  }
  return dormant;
}

function byKey(ledger: Ledger, keyOf: (entity: Entity, id: string) => string) {
  const found = new Map<string, LedgerDocument>();
  for (const entity of COMPARED) {
    for (const document of ledger[entity]?.documents ?? []) found.set(keyOf(entity, document.id), document);
  }
  return found;
}
