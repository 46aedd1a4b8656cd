import { type Entity, type Json, type Lane, SyncError } from '@sync/domain';
import type { Definitions, EntityDefinition } from '../definition.js';
import type {
  EncodeRequest,
  EncodeResult,
  IdentityKeys,
  MemberResult,
  Room,
  XeroPort,
  XeroRecord,
  XeroReference,
  XeroSession,
} from '../ports/xero.js';
import type { MovedClock } from './moved-clock.js';
import { createXeroShelf, type Element, type XeroShelf } from './xero-shelf.js';

/** A writing call that left. */
export interface ScriptedCall {
  entity: Entity;
  action: 'create' | 'update';
  crmIds: string[];
  body: string;
  key: string | null;
  lane: Lane;
}

/** What becomes of a call: done and told, done but not told, not done and not told, or ended by this error. */
export type Fate =
  | 'done'
  | 'done untold'
  | 'undone untold'
  | Error
  | ((results: MemberResult[]) => MemberResult[]);

/** A Xero that does what a spec tells it to. */
export interface ScriptedXero extends XeroPort {
  readonly shelf: XeroShelf;
  readonly calls: ScriptedCall[];
  /** How many writing calls were under way at once, at most. */
  readonly most: { underWay: number; references: number; listings: number };
  /** Decides over each call to come, while it is under way. */
  onWrite(decide: (call: ScriptedCall) => Fate | Promise<Fate>): void;
  /** Stands in for the codec; throws or refuses what a spec wants thrown or refused. */
  onEncode(encode: ((request: EncodeRequest) => EncodeResult | null) | null): void;
  onList(work: ((entity: Entity) => void) | null): void;
  room: (lane: Lane) => Room;
  reference: XeroReference;
  batchSize: Partial<Record<Entity, number>>;
  /** Why an element is refused; null: it is not. */
  refuse: (crmId: string) => SyncError | null;
  /** How many elements fit into one call's body. */
  bodySize: number;
  closed: number;
}

/** Makes one that takes everything. */
export function createScriptedXero(definitions: Definitions, clock: MovedClock): ScriptedXero {
  const shelf = createXeroShelf(clock);
  const script: {
    fate: (call: ScriptedCall) => Fate | Promise<Fate>;
    encode: ((request: EncodeRequest) => EncodeResult | null) | null;
    list: ((entity: Entity) => void) | null;
    underWay: number;
  } = { fate: () => 'done', encode: null, list: null, underWay: 0 };
  const xero: ScriptedXero = {
    shelf,
    calls: [],
    most: { underWay: 0, references: 0, listings: 0 },
    room: () => ({ open: true }),
    reference: REFERENCE,
    batchSize: {},
    refuse: () => null,
    bodySize: Number.POSITIVE_INFINITY,
    closed: 0,
    onWrite: (decide) => {
      script.fate = decide;
    },
    onEncode: (encode) => {
      script.encode = encode;
    },
    onList: (work) => {
      script.list = work;
    },
    batchMax: (entity) => xero.batchSize[entity] ?? 50,
    encode: (request) => script.encode?.(request) ?? encoded(definitions, request),
    compose: ({ entity, action, elements }) =>
      inParts(elements, xero.bodySize).map((indexes) => ({
        method: action === 'create' ? 'PUT' : 'POST',
        path: `/${entity}`,
        body: JSON.stringify(indexes.map((index) => elements[index])),
        indexes,
      })),
    idempotencyKey: (connection, batchId) => `${connection.tenantId}:${batchId}`,
    open: async (_connection, stillHeld) => session(stillHeld),
  };
  const session = (stillHeld: () => void): XeroSession => ({
    room: (lane) => xero.room(lane),
    list: async ({ entity, modifiedSince, page }) => {
      stillHeld();
      xero.most.listings += 1;
      script.list?.(entity);
      return shelf.list(entity, modifiedSince, page);
    },
    write: async ({ call, lane, members, beforeSending }) => {
      script.underWay += 1;
      xero.most.underWay = Math.max(xero.most.underWay, script.underWay);
      try {
        stillHeld();
        await beforeSending();
        const elements = JSON.parse(call.body) as Element[];
        const action = call.method === 'PUT' ? 'create' : 'update';
        const { entity, body, idempotencyKey: key } = call;
        const made: ScriptedCall = {
          entity,
          action,
          body,
          key,
          lane,
          crmIds: elements.map(({ crmId }) => crmId),
        };
        xero.calls.push(made);
        const fate = await script.fate(made);
        if (fate instanceof Error) throw fate;
        const results =
          fate === 'undone untold' ? [] : shelf.take({ entity, key, elements, members, refuse: xero.refuse });
        if (typeof fate === 'function') return fate(results);
        if (fate === 'done') return results;
        throw new SyncError('unknown-outcome', 'no answer came');
      } finally {
        script.underWay -= 1;
      }
    },
    reference: async () => {
      stillHeld();
      xero.most.references += 1;
      return xero.reference;
    },
    close: async () => {
      xero.closed += 1;
    },
  });
  return xero;
}

function encoded(definitions: Definitions, request: EncodeRequest): EncodeResult {
  const { entity, record, marker, xeroId, references, distinctName, changed } = request;
  const definition = definitions[entity] as EntityDefinition;
  const parent = definition.parents(record).find(({ required, entity: of }) => required && of !== 'taxes');
  const parentXeroId = parent ? (references.parents.get(parent.entity)?.get(parent.crmId) ?? null) : null;
  const keys: IdentityKeys = definition.keys(record, parentXeroId);
  const bears = entity !== 'taxes' && entity !== 'items';
  const element: Element = {
    crmId: record.id,
    xeroId,
    status: entity === 'invoices' && references.invoiceStatus === 'AUTHORISED' ? 'approved' : 'active',
    keys: {
      ...keys,
      marker: bears ? marker : null,
      name: distinctName ? `${keys.name} (${record.id})` : keys.name,
    },
    changed: changed === null ? null : [...changed],
    taxTypes: [...references.taxTypes.values()],
  };
  const expected = entity === 'invoices' ? { status: element.status } : {};
  return {
    ok: true,
    element: element as unknown as Json,
    expected,
    adjusted: { taxCents: 0, roundingCents: 0 },
  };
}

function inParts(elements: readonly unknown[], size: number): number[][] {
  const parts: number[][] = [];
  elements.forEach((_, index) => {
    const last = parts.at(-1);
    if (last && last.length < size) last.push(index);
    else parts.push([index]);
  });
  return parts;
}

/** A record of Xero, as somebody else made it. */
export function xeroRecord(xeroId: string, keys: Partial<IdentityKeys>, updatedAt: Date): XeroRecord {
  const none: IdentityKeys = {
    marker: null,
    number: null,
    name: null,
    email: null,
    taxNumber: null,
    parentXeroId: null,
    currency: null,
    date: null,
    total: null,
  };
  return { xeroId, keys: { ...none, ...keys }, owned: {}, derived: { status: 'active' }, updatedAt };
}

const REFERENCE: XeroReference = {
  organisation: {
    name: 'Acme',
    baseCurrency: 'USD',
    country: 'US',
    lockDate: null,
    shortCode: null,
    demo: false,
  },
  mayApproveInvoices: true,
  accounts: [],
  taxRates: [],
  currencies: ['USD'],
};
