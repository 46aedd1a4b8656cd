import { randomUUID } from 'node:crypto';
import { ENTITIES, type Entity, type IssueCode, type Lane, type RecordStatus } from '@sync/domain';
import type { Definitions } from '../definition.js';
import type { EngineParts } from '../drain/context.js';
import { drain, type DrainReport } from '../drain/drain.js';
import type { AdminStore, IssueView, RecordView } from '../ports/admin.js';
import type { CrmPort } from '../ports/crm.js';
import type { SettingsChange, Stores } from '../ports/stores.js';
import { createMovedClock, type MovedClock } from './moved-clock.js';
import { createScriptedCrm, type ScriptedCrm } from './scripted-crm.js';
import { createScriptedXero, type ScriptedXero } from './scripted-xero.js';

/** What of the real storage a bench works on. */
export interface BenchStorage {
  stores: Stores;
  admin: AdminStore;
}

/** One organization on real storage, between a scripted CRM and a scripted Xero. */
export interface DrainBench {
  parts: EngineParts;
  clock: MovedClock;
  crm: ScriptedCrm;
  xero: ScriptedXero;
  organizationId: string;
  connectionId: string;
  /** What was rung for, in order: entities, `sweeps`, `reference`. */
  rings: string[];
  hint(entity: Entity, crmIds: readonly string[], lane?: Lane): Promise<void>;
  drain(entity: Entity, change?: DrainChange): Promise<DrainReport>;
  /** The CRM was listed to its end, of these entities. */
  listed(...entities: Entity[]): Promise<void>;
  /** Lets so much time pass, and reads from Xero what is due by then. */
  later(ms: number, entity: Entity): Promise<void>;
  /** Drains whatever is due or in doubt until nothing is; throws when that does not come to an end. */
  settle(): Promise<void>;
  /** CRM ids of an entity's records, by status. */
  statuses(entity: Entity): Promise<Partial<Record<RecordStatus, string[]>>>;
  record(entity: Entity, crmId: string): Promise<RecordView>;
  issues(code?: IssueCode): Promise<IssueView[]>;
  /** How many operations of this organization are due, by entity. */
  due(): Promise<Partial<Record<Entity, number>>>;
}

/** What is different about one drain; default: nobody waits, nobody stops it. */
export interface DrainChange {
  parts?: EngineParts;
  signal?: AbortSignal;
  othersWait?: boolean;
}

/** What a bench is made from. */
export interface BenchRequest {
  storage: BenchStorage;
  definitions: Definitions;
  clock?: MovedClock;
  settings?: SettingsChange;
  crm?: Partial<Pick<CrmPort, 'entities' | 'deletions' | 'writable' | 'removable' | 'referenceWritable'>>;
  /** Default: the mappings are there and confirmed. */
  confirmed?: boolean;
}

/** Opens a bench with an organization, a connection and a lease of its own. */
export async function openDrainBench(request: BenchRequest): Promise<DrainBench> {
  const { storage, definitions, clock = createMovedClock() } = request;
  const { organizationId, connectionId } = await organize(storage, clock, request);
  const crm = createScriptedCrm(request.crm);
  const xero = createScriptedXero(definitions, clock);
  const rings: string[] = [];
  const parts: EngineParts = {
    stores: storage.stores,
    definitions,
    xero,
    crmOf: async () => crm,
    bell: {
      ring: async (work) => void (work.organizationId === organizationId && rings.push(work.entity)),
      ringSweeps: async ({ id }) => void (id === organizationId && rings.push('sweeps')),
      ringReference: async ({ id }) => void (id === organizationId && rings.push('reference')),
    },
    clock,
    log: { info: () => undefined, warn: () => undefined, error: () => undefined },
    publicUrl: null,
    newId: () => randomUUID(),
  };
  const run: DrainBench['drain'] = (entity, change = {}) =>
    drain(change.parts ?? parts, {
      organizationId,
      entity,
      holder: randomUUID(),
      signal: change.signal ?? new AbortController().signal,
      note: () => undefined,
      progress: () => undefined,
      othersWait: async () => change.othersWait ?? false,
    });
  return {
    parts,
    clock,
    crm,
    xero,
    organizationId,
    connectionId,
    rings,
    drain: run,
    ...acts({ storage, organizationId, connectionId, clock, run }),
    ...views(storage.admin, organizationId),
  };
}

function acts(of: {
  storage: BenchStorage;
  organizationId: string;
  connectionId: string;
  clock: MovedClock;
  run: DrainBench['drain'];
}): Pick<DrainBench, 'hint' | 'settle' | 'due' | 'listed' | 'later'> {
  const { storage, organizationId, connectionId, clock, run } = of;
  const { operations, hints } = storage.stores;
  const settle: DrainBench['settle'] = async () => {
    for (let round = 0; round < 50; round += 1) {
      await operations.redriveWaiters();
      const due = await operations.dueOfConnection(connectionId);
      const next = ENTITIES.find((entity) => due.some((work) => work.entity === entity));
      if (!next) return;
      await run(next);
    }
    throw new Error('the bench does not come to rest');
  };
  return {
    settle,
    listed: async (...entities) => {
      for (const entity of entities) {
        const sweep = { organizationId, entity, holder: 'bench', ttlMs: 60_000 };
        const checkpoint = await storage.stores.sweeps.begin(sweep);
        if (!checkpoint) throw new Error(`a sweep of ${entity} is under way`);
        await storage.stores.sweeps.end({ checkpoint, holder: 'bench', full: true, nextAt: clock.now() });
      }
    },
    later: async (ms, entity) => {
      clock.advance(ms);
      await run(entity);
      await settle();
    },
    hint: async (entity, crmIds, lane = 'backfill') => {
      await hints.hint({ organizationId, lane, hints: crmIds.map((crmId) => ({ entity, crmId })) });
    },
    due: async () => {
      const due = await operations.dueOfConnection(connectionId);
      return Object.fromEntries(due.map(({ entity, count }) => [entity, count]));
    },
  };
}

function views(
  admin: AdminStore,
  organizationId: string,
): Pick<DrainBench, 'statuses' | 'record' | 'issues'> {
  const all = async (entity: Entity): Promise<RecordView[]> => {
    const page = { organizationId, entity, status: null, text: null, cursor: null, limit: 1000 };
    return (await admin.records(page)).items;
  };
  return {
    statuses: async (entity) => {
      const found: Partial<Record<RecordStatus, string[]>> = {};
      for (const { status, crmId } of await all(entity)) (found[status] ??= []).push(crmId ?? '');
      for (const list of Object.values(found))
        list.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
      return found;
    },
    record: async (entity, crmId) => {
      const record = (await all(entity)).find((one) => one.crmId === crmId);
      if (!record) throw new Error(`there is no record ${entity} ${crmId}`);
      return record;
    },
    issues: async (code) => {
      const filter = {
        organizationId,
        open: true,
        code: code ?? null,
        scope: null,
        entity: null,
        recordId: null,
      };
      return (await admin.issues({ ...filter, cursor: null, limit: 100 })).items;
    },
  };
}

async function organize(
  { admin, stores }: BenchStorage,
  clock: MovedClock,
  request: Pick<BenchRequest, 'settings' | 'confirmed'>,
): Promise<{ organizationId: string; connectionId: string }> {
  const [connection] = await admin.connectXero({
    clientId: 'client',
    clientSecret: 'secret-of-the-app',
    tokens: { accessToken: 'access-1', refreshToken: 'refresh-1', accessExpiresAt: clock.now() },
    tenants: [{ tenantId: randomUUID(), tenantName: 'Acme', xeroConnectionId: randomUUID() }],
    dayLimit: 5000,
  });
  if (!connection) throw new Error('nothing was connected');
  const { connectionId } = connection;
  const { id } = await admin.createOrganization({
    name: 'Acme Ltd',
    crm: { kind: 'http', baseUrl: 'https://crm.example', apiKey: 'k', allowPrivateAddresses: false },
    xero: { connectionId },
    settings: { createTaxRates: true, ...request.settings },
  });
  if (request.confirmed !== false) {
    const chosen = { source: 'confirmed', reason: null } as const;
    await stores.mappings.save(id, [
      { kind: 'account', key: 'sales', label: 'Sales', value: '200', ...chosen },
      { kind: 'account', key: 'rounding', label: 'Rounding', value: '860', ...chosen },
      { kind: 'tax', key: 'none', label: 'No tax', value: 'NONE', ...chosen },
      { kind: 'payment-mode', key: '1', label: 'Bank', value: 'bank-1', ...chosen },
    ]);
    await stores.mappings.confirm(id, clock.now());
  }
  return { organizationId: id, connectionId };
}
