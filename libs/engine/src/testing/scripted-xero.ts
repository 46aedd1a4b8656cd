import { type CanonicalRecord, type Entity, type Json, type Lane, SyncError } from '@sync/domain';
import type { Definitions, EntityDefinition, XeroIdOf } from '../definition.js';
import type {
  BackReferences,
  EncodeRequest,
  EncodeResult,
  IdentityKeys,
  BankAccountResult,
  MemberResult,
  NewBankAccount,
  Room,
  WriteAction,
  WriteCall,
  XeroAccount,
  XeroPort,
  XeroRecord,
  XeroReference,
  XeroSession,
} from '../ports/xero.js';
import { NO_KEYS } from '../identity-keys.js';
import type { MovedClock } from './moved-clock.js';
import { createXeroShelf, type Element, type XeroShelf } from './xero-shelf.js';

/** A writing call that left. */
export interface ScriptedCall {
  entity: Entity;
  action: WriteAction;
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
  readonly most: { underWay: number; references: number; listings: number; reads: number };
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
  /** Bank accounts that were asked for, and what becomes of the next: made and told, made but not told, or refused. */
  readonly bankAccounts: NewBankAccount[];
  bankAccountFate: 'done' | 'done untold' | SyncError;
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
    most: { underWay: 0, references: 0, listings: 0, reads: 0 },
    room: () => ({ open: true }),
    reference: REFERENCE,
    batchSize: {},
    refuse: () => null,
    bodySize: Number.POSITIVE_INFINITY,
    bankAccounts: [],
    bankAccountFate: 'done',
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
    canonical: <E extends Entity>({ entity, record, base, references }: CanonicalRequest<E>) => ({
      ok: true,
      record: { id: '', ...BLANK[entity], ...base, ...inCrm(record, references) } as CanonicalRecord<E>,
    }),
    refersTo: (_entity, { owned }) => namedIn(owned),
    listedWith: (entity) =>
      LISTED.find((together) => together.includes(entity))?.toSorted((a) => (a === entity ? -1 : 0)) ?? [
        entity,
      ],
    encodeVoid: (entity, record) => ({
      ok: true,
      element: voided(entity, record) as unknown as Json,
      expected: {},
      adjusted: { taxCents: 0, roundingCents: 0 },
    }),
    compose: ({ entity, action, elements }) =>
      inParts(elements, xero.bodySize).map((indexes) => ({
        method: METHODS[action],
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
      return shelf.list(xero.listedWith(entity), modifiedSince, page);
    },
    read: async ({ entity, ids }) => {
      stillHeld();
      xero.most.reads += 1;
      return shelf.read(entity, ids);
    },
    documentSettings: async () => ({ brandingThemes: [], trackingCategories: [] }),
    write: async ({ call, lane, members, beforeSending }) => {
      script.underWay += 1;
      xero.most.underWay = Math.max(xero.most.underWay, script.underWay);
      try {
        stillHeld();
        await beforeSending();
        const elements = JSON.parse(call.body) as Element[];
        const action = actionOf(call.method);
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
      return { data: xero.reference, taxes: shelf.records('taxes') };
    },
    addBankAccount: async (account) => {
      stillHeld();
      return addBankAccount(xero, account);
    },
    close: async () => {
      xero.closed += 1;
    },
  });
  return xero;
}

/** No two accounts have one name. */
function addBankAccount(xero: ScriptedXero, asked: NewBankAccount): BankAccountResult {
  xero.bankAccounts.push(asked);
  const { bankAccountFate: fate, reference } = xero;
  const taken = reference.accounts.some(({ name }) => name.toLowerCase() === asked.name.toLowerCase());
  const error = fate instanceof SyncError ? fate : new SyncError('validation', 'Please enter a unique Name.');
  if (taken || fate instanceof SyncError) return { state: 'refused', error };
  const account = bankAccountOf(asked.name);
  xero.reference = { ...reference, accounts: [...reference.accounts, account] };
  if (fate === 'done untold') throw new SyncError('unknown-outcome', 'no answer came');
  return { state: 'added', account };
}

/** A bank account of this name. */
export function bankAccountOf(name: string): XeroAccount {
  return {
    accountId: `bank ${name}`,
    code: null,
    name,
    type: 'BANK',
    class: 'ASSET',
    active: true,
    systemAccount: null,
    takesPayments: true,
    currency: null,
  };
}

type CanonicalRequest<E extends Entity> = Parameters<XeroPort['canonical']>[0] & {
  entity: E;
  base: CanonicalRecord<E> | null;
};

/** What a record of the CRM has that Xero does not own. */
const BLANK: Readonly<Partial<Record<Entity, object>>> = {
  customers: { active: true },
  vendors: { active: true },
  invoices: { status: 'open', paid: '0', credited: '0' },
};

const PARENT_FIELDS: Readonly<Record<string, Entity>> = {
  customerId: 'customers',
  vendorId: 'vendors',
  invoiceId: 'invoices',
  creditNoteId: 'credit-notes',
};

/** Its wire form is ours, but for parents that somebody named by their ids in Xero: those begin with `x-`. */
function namedIn(owned: XeroRecord['owned']): { entity: Entity; xeroId: string; field: string }[] {
  return Object.entries(PARENT_FIELDS).flatMap(([field, entity]) => {
    const xeroId = owned[field];
    return typeof xeroId === 'string' && xeroId.startsWith('x-') ? [{ entity, xeroId, field }] : [];
  });
}

function inCrm({ owned }: XeroRecord, { crmIds }: BackReferences): XeroRecord['owned'] {
  const named = namedIn(owned).map(({ entity, xeroId, field }) => [
    field,
    crmIds.get(entity)?.get(xeroId) ?? xeroId,
  ]);
  return { ...owned, ...Object.fromEntries(named) };
}

/** The scripted Xero tells what is done by the method alone. */
const METHODS = { create: 'PUT', update: 'POST', void: 'DELETE' } as const satisfies Record<
  WriteAction,
  string
>;

function actionOf(method: WriteCall['method']): WriteAction {
  return method === 'PUT' ? 'create' : method === 'POST' ? 'update' : 'void';
}

/** What one listing holds. */
const LISTED: readonly (readonly Entity[])[] = [
  ['customers', 'vendors'],
  ['credit-notes', 'credit-applications'],
  ['payments', 'refunds'],
];

/** Contacts are archived, drafts deleted, documents voided. */
function voided(entity: Entity, { xeroId, keys, owned, derived }: XeroRecord): Element {
  const contact = entity === 'customers' || entity === 'vendors';
  const status = contact ? 'archived' : derived.status === 'draft' ? 'deleted' : 'voided';
  return { crmId: '', xeroId, status, keys, owned, changed: null, taxTypes: [] };
}

/** What has no room for a marker. */
const UNMARKED: ReadonlySet<Entity> = new Set(['taxes', 'items', 'credit-applications']);

function encoded(definitions: Definitions, request: EncodeRequest): EncodeResult {
  const { entity, record, marker, xeroId, references, distinctName, changed } = request;
  const definition = definitions[entity] as EntityDefinition;
  const xeroIdOf: XeroIdOf = (parent, id) => references.parents.get(parent)?.get(id) ?? null;
  const keys: IdentityKeys = definition.keys(record, xeroIdOf);
  const bears = !UNMARKED.has(entity);
  const element: Element = {
    crmId: record.id,
    xeroId,
    status: entity === 'invoices' && references.invoiceStatus === 'AUTHORISED' ? 'approved' : 'active',
    keys: {
      ...keys,
      marker: bears ? marker : null,
      name: distinctName ? `${keys.name} (${record.id})` : keys.name,
    },
    owned: definition.owned(record),
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
  return { xeroId, keys: { ...NO_KEYS, ...keys }, owned: {}, derived: { status: 'active' }, updatedAt };
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
