import { randomUUID } from 'node:crypto';
import type { ClaimedOperation, Fence, Hint, Outcome, XeroRecord } from '@sync/engine';
import { type Entity, LANES, type Lane } from '@sync/domain';
import { Client } from 'pg';
import { openStorage, type Storage } from '../index.js';
import { createMovedClock, type MovedClock } from './moved-clock.js';

/** An organization on a database of its own, and short ways to make things happen to it. */
export interface Bench {
  storage: Storage;
  clock: MovedClock;
  organizationId: string;
  connectionId: string;
  crmConnectionId: string;
  fence: Fence;
  /** Another organization, on a connection of its own. */
  another(options?: { confirmed?: boolean }): Promise<{ id: string; connectionId: string }>;
  /** A Xero connection that no organization has yet; of a tenant that nobody has reached, unless told which. */
  connect(options?: ConnectOptions): Promise<string>;
  hint(entity: Entity, crmIds: readonly string[], options?: { lane?: Lane; runId?: string }): Promise<void>;
  claim(entity: Entity, options?: { limit?: number; lanes?: readonly Lane[] }): Promise<ClaimedOperation[]>;
  settle(outcomes: readonly Outcome[]): Promise<void>;
  /** Reads tables directly, for what no port tells. */
  query(statement: string, parameters?: unknown[]): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

/** Through which app a tenant is reached. */
interface ConnectOptions {
  clientId?: string;
  tenantId?: string;
}

/** Opens a bench on a migrated database. */
export async function openBench(url: string, poolSize = 12): Promise<Bench> {
  const clock = createMovedClock();
  const encryptionKeys = [{ id: 'k1', key: Buffer.alloc(32, 1) }];
  const storage = await openStorage({ url, encryptionKeys, clock, poolSize });
  const { id, connectionId, crmConnectionId } = await organize(storage, clock, {});
  const fence = await storage.stores.leases.acquire(connectionId, 'bench', 3_600_000);
  if (fence === null) throw new Error('the bench did not get its lease');
  return {
    storage,
    clock,
    organizationId: id,
    connectionId,
    crmConnectionId,
    fence,
    another: (options = {}) => organize(storage, clock, options),
    connect: (options = {}) => connect(storage.admin, clock, options),
    ...shortcuts(storage, id, fence),
    query: (statement, parameters = []) => query(url, statement, parameters),
    close: () => storage.close(),
  };
}

function shortcuts(
  storage: Storage,
  organizationId: string,
  fence: Fence,
): Pick<Bench, 'hint' | 'claim' | 'settle'> {
  const { hints, operations } = storage.stores;
  return {
    hint: async (entity, crmIds, { lane = 'backfill', runId } = {}) => {
      const records = crmIds.map((crmId): Hint => ({ entity, crmId }));
      await hints.hint({ organizationId, lane, hints: records, ...(runId === undefined ? {} : { runId }) });
    },
    claim: (entity, { limit = 50, lanes = LANES } = {}) =>
      operations.claim({ organizationId, entity, limit, claimId: randomUUID(), fence, lanes }),
    settle: (outcomes) => operations.settle(organizationId, fence, outcomes),
  };
}

async function organize(
  { admin, stores }: Storage,
  clock: MovedClock,
  options: { confirmed?: boolean },
): Promise<{ id: string; connectionId: string; crmConnectionId: string }> {
  const connectionId = await connect(admin, clock, {});
  const organization = await admin.createOrganization({
    name: 'Acme Ltd',
    crm: {
      kind: 'http',
      baseUrl: 'https://crm.example/api',
      apiKey: 'secret-crm-key',
      allowPrivateAddresses: false,
    },
    xero: { connectionId },
    settings: {},
  });
  if (options.confirmed !== false) await stores.mappings.confirm(organization.id, clock.now());
  return { id: organization.id, connectionId, crmConnectionId: organization.crm.connectionId };
}

async function connect(
  admin: Storage['admin'],
  clock: MovedClock,
  { clientId = 'client', tenantId = randomUUID() }: ConnectOptions,
): Promise<string> {
  const [connection] = await admin.connectXero({
    clientId,
    clientSecret: 'secret-of-the-app',
    tokens: { accessToken: 'access-1', refreshToken: 'refresh-1', accessExpiresAt: clock.now() },
    tenants: [{ tenantId, tenantName: 'Acme', xeroConnectionId: randomUUID() }],
    dayLimit: 5000,
  });
  if (connection === undefined) throw new Error('nothing was connected');
  return connection.connectionId;
}

async function query(
  url: string,
  statement: string,
  parameters: unknown[],
): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(statement, parameters);
    return rows;
  } finally {
    await client.end();
  }
}

/** A record of Xero with nothing but what is given. */
export function xeroRecord(xeroId: string, keys: Partial<XeroRecord['keys']> = {}): XeroRecord {
  const none = {
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
  return {
    xeroId,
    keys: { ...none, ...keys },
    owned: { Name: 'as Xero has it' },
    derived: { status: 'active' },
    updatedAt: null,
  };
}

type Written = Extract<Outcome, { kind: 'written' }>;

/** The outcome of an operation that was written to Xero under this id. */
export function written(operation: ClaimedOperation, xeroId: string, change: Partial<Written> = {}): Outcome {
  return {
    operation,
    kind: 'written',
    action: 'create',
    xero: xeroRecord(xeroId),
    crmOwned: { name: 'as the CRM has it' },
    label: `label of ${xeroId}`,
    birthMark: null,
    codecVersion: 1,
    detail: {},
    warnings: [],
    problem: null,
    ...change,
  };
}

/** The only one; a spec that finds none or several has lost its ground. */
export function only<Item>(items: readonly Item[]): Item {
  const [item, ...rest] = items;
  if (item === undefined || rest.length > 0) throw new Error(`expected one, found ${items.length}`);
  return item;
}
