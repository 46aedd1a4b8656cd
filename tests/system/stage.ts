import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { composeService, reachedTenants, type Service } from '@sync/composition';
import { type ApiConfig, readConfig } from '@sync/config';
import { ENTITIES, type Entity } from '@sync/domain';
import { type CrmConnectionConfig, type RunView, type SettingsChange } from '@sync/engine';
import { createLogger } from '@sync/observability';
import { DEFAULT_APP, SAMPLE_CRM_KEY, startSandbox } from '@sync/sandbox';
import { type NodeProcess, spawnNode, waitUntil } from '@sync/testing';
import { QUEUE_WORKERS, startWorker } from '@sync/worker';
import { bothClocks } from './both-clocks.js';
import { freshMinute } from './fresh-minute.js';
import { quickBeat } from './quick-beat.js';
import { type Quiet, untilQuiet } from './quiet.js';
import { type SandboxControl, sandboxControl } from './sandbox-control.js';
import { createServiceDatabase } from './service-database.js';

/** What a stage is set up with. */
export interface StageOptions {
  /** Eligible invoices of the sample CRM; default 100. */
  size?: number;
  seed?: number;
  /** Default: the sample CRM. */
  crm?: CrmConnectionConfig;
  /** Default: the queues live in Postgres. */
  redisUrl?: string;
  settings?: SettingsChange;
  /** Currencies that the Xero organisation has besides its own. */
  currencies?: readonly string[];
  /** Puts something between the service and Xero's API; given the address of the sandbox. */
  apiAt?: (sandboxUrl: string) => Promise<string>;
  /** Calls a day that the plan of the Xero app allows; default 5,000. */
  dayLimit?: number;
  /** Leave the suggested mappings unconfirmed. */
  unconfirmed?: boolean;
  /** Lets the planner look around more often than a worker does, in ms: for proofs that are not about its beat. */
  beatMs?: number;
  /** With a quick beat Xero's limit of calls a minute counts as little, unless the proof is about it. */
  keepsToMinute?: boolean;
  /** Default: one worker in this process. */
  worker?: 'in-process' | 'none';
}

/** The whole service against a sandbox, for tests that play from the CRM's edit to the books in Xero. */
export interface Stage {
  sandbox: SandboxControl;
  service: Service;
  config: ApiConfig;
  organizationId: string;
  organizationName: string;
  /** Starts a run and waits until it has ended. */
  sync(mode?: 'incremental' | 'full', timeoutMs?: number): Promise<RunView>;
  /** Starts a run and does not wait. */
  startRun(mode?: 'incremental' | 'full'): Promise<string>;
  /** Hints as an event would, and rings. */
  event(entity: Entity, ...crmIds: string[]): Promise<void>;
  /** Waits until no operation is due, claimed or in doubt; what waits for its time need not wait in ours. */
  quiet(timeoutMs?: number): Promise<void>;
  /** Confirms the suggested mappings as soon as they are there. */
  confirm(): Promise<void>;
  /** A worker in a process of its own, of the built code. */
  spawnWorker(): NodeProcess;
  close(): Promise<void>;
}

/** A quick beat of the planner. */
export const BEAT_MS = 150;

const WORKER = resolve(__dirname, '../../apps/worker/dist/main.js');

/** Sets up a sandbox, a database, the service and an organization between them. */
export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const database = await createServiceDatabase();
  const sample = { size: options.size ?? 100, seed: options.seed ?? 7 };
  const running = await startSandbox({ port: 0, ...(options.crm ? {} : { sample }) });
  const sandbox = sandboxControl(running.url);
  for (const id of options.currencies ?? []) {
    await sandbox.inXero({ entity: 'currency', id, action: 'enable' });
  }
  const environment = environmentFor(database.url, running.url, options.redisUrl);
  if (options.apiAt) environment.XERO_API_URL = await options.apiAt(running.url);
  const config = readConfig(environment, 'api');
  const log = createLogger({ level: config.logLevel, role: 'test' });
  const service = await composeService({ config, role: 'worker', queueWorkers: QUEUE_WORKERS, log });
  const worker = options.worker === 'none' ? null : await startWorker(service);
  const organization = await connect(service, sandbox, options);
  const beat = options.beatMs === undefined ? null : quickBeat(service.parts, options.beatMs);
  const minute = beat && !options.keepsToMinute ? await freshMinute(database.url) : null;
  const pass = worker && !options.keepsToMinute ? bothClocks(service.parts.clock, sandbox) : null;
  const stage = createStage({ sandbox, service, config, organization, environment, pass });
  if (!options.unconfirmed && worker) await stage.confirm();
  return {
    ...stage,
    close: async () => {
      await beat?.stop();
      await minute?.stop();
      await worker?.stop();
      await service.close();
      await running.close();
      await database.drop();
    },
  };
}

function environmentFor(databaseUrl: string, sandboxUrl: string, redisUrl: string | undefined) {
  return {
    DATABASE_URL: databaseUrl,
    ...(redisUrl ? { REDIS_URL: redisUrl } : {}),
    ENCRYPTION_KEYS: `t:${randomBytes(32).toString('base64')}`,
    PUBLIC_URL: 'http://localhost:3000',
    LOG_LEVEL: process.env['TEST_LOG_LEVEL'] ?? 'silent',
    XERO_API_URL: sandboxUrl,
    XERO_IDENTITY_URL: sandboxUrl,
    XERO_LOGIN_URL: sandboxUrl,
    XERO_CLIENT_ID: DEFAULT_APP.clientId,
    XERO_CLIENT_SECRET: DEFAULT_APP.secret,
  };
}

async function connect(service: Service, sandbox: SandboxControl, options: StageOptions) {
  const { refresh_token: refreshToken } = await sandbox.post<{ refresh_token: string }>('authorize', {});
  const app = { clientId: DEFAULT_APP.clientId, clientSecret: DEFAULT_APP.secret };
  const tokens = await service.oauth.refresh({ app, refreshToken });
  const tenants = (await reachedTenants(service.oauth, tokens.accessToken)).slice(0, 1);
  const { dayLimit = 5000 } = options;
  const [connection] = await service.storage.admin.connectXero({ ...app, tokens, tenants, dayLimit });
  if (!connection) throw new Error('the sandbox has no organisation');
  const sample = {
    kind: 'http',
    baseUrl: `${sandbox.url}/crm`,
    apiKey: SAMPLE_CRM_KEY,
    allowPrivateAddresses: true,
  } as const;
  return service.storage.admin.createOrganization({
    name: 'Acme Ltd',
    crm: options.crm ?? sample,
    xero: { connectionId: connection.connectionId },
    settings: { createTaxRates: true, autoSync: false, ...options.settings },
  });
}

function createStage(request: {
  sandbox: SandboxControl;
  service: Service;
  config: ApiConfig;
  organization: { id: string; name: string };
  environment: Record<string, string>;
  pass: Quiet['pass'];
}): Omit<Stage, 'close'> {
  const { sandbox, service, config, organization, environment, pass } = request;
  const { stores, bell, clock } = service.parts;
  const { id: organizationId, name: organizationName } = organization;
  const startRun: Stage['startRun'] = async (mode = 'full') => {
    const runId = await stores.runs.create({ organizationId, entities: ENTITIES, mode });
    await bell.ringSweeps({ id: organizationId, name: organizationName });
    return runId;
  };
  return {
    sandbox,
    service,
    config,
    organizationId,
    organizationName,
    startRun,
    sync: async (mode = 'full', timeoutMs = 120_000) => {
      const runId = await startRun(mode);
      return waitUntil(
        async () => {
          const run = await service.storage.admin.run(organizationId, runId);
          return run?.status === 'completed' || run?.status === 'failed' ? run : undefined;
        },
        { timeoutMs, intervalMs: 100, what: `the ${mode} run to end` },
      );
    },
    event: async (entity, ...crmIds) => {
      const hints = crmIds.map((crmId) => ({ entity, crmId }));
      await stores.hints.hint({ organizationId, lane: 'event', hints });
      await bell.ring({ organizationId, organizationName, entity, lane: 'event' });
    },
    quiet: (timeoutMs = 60_000) => untilQuiet({ service, organizationId, timeoutMs, pass }),
    confirm: async () => {
      await bell.ringReference({ id: organizationId, name: organizationName });
      await waitUntil(async () => (await stores.mappings.load(organizationId)).length > 0 || undefined, {
        timeoutMs: 30_000,
        what: 'mappings to be suggested',
      });
      await stores.mappings.confirm(organizationId, clock.now());
    },
    spawnWorker: () => spawnNode(WORKER, { env: environment }),
  };
}
