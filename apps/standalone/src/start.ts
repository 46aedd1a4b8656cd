import { join } from 'node:path';
import { openApi } from '@sync/api';
import { composeService, type Service } from '@sync/composition';
import { type ApiConfig, type Config, processEnvironment, readConfig } from '@sync/config';
import type { OrganizationView } from '@sync/engine';
import { createLogger, logFile } from '@sync/observability';
import { startSandbox } from '@sync/sandbox';
import { QUEUE_WORKERS, startWorker } from '@sync/worker';
import { installationKey, writeCredentials } from './credentials.js';
import { openDataDirectory } from './data-directory.js';
import { startEmbeddedPostgres } from './embedded-postgres/index.js';
import { showSync } from './first-sync.js';
import { openLocalSecrets } from './local-secrets.js';
import { assertPortUsable } from './ports.js';
import { confirmMappings, sampleOrganization } from './sample-organization.js';
import { createSandboxClient } from './sandbox-client.js';
import { standaloneConfig } from './standalone-config.js';
import { createStopStack, type StopStack } from './stop-stack.js';
import { tellResult, tellWhere } from './tell.js';

/** The seed of the sample CRM: the same businesses on every machine. */
const SAMPLE_SEED = 20_260_101;

/** Where a start says what it does. */
export type Say = (line: string) => void;

/** Brings everything up, shows the first sync, and says where to look. Returns how to stop it. */
export async function start(projectRoot: string, say: Say): Promise<() => Promise<void>> {
  const stack = createStopStack();
  try {
    await bringUp(projectRoot, say, stack);
    return () => stack.unwind();
  } catch (error) {
    await stack.unwind();
    throw error;
  }
}

async function bringUp(projectRoot: string, say: Say, stack: StopStack): Promise<void> {
  const given = readConfig(processEnvironment(), 'standalone');
  const folder = await openDataDirectory({ projectRoot });
  stack.push(folder.release);
  await assertPortUsable({ port: given.port, variable: 'PORT', purpose: 'the service' });
  await assertPortUsable({ port: given.sandboxPort, variable: 'SANDBOX_PORT', purpose: 'the sandbox' });
  const secrets = await openLocalSecrets(folder.path);
  const databaseUrl = given.databaseUrl ?? (await database(folder.path, say, stack));
  const sandboxUrl = await sandbox(given, folder.path, say, stack);
  const config = standaloneConfig({ databaseUrl, sandboxUrl, secrets, given });
  const service = await serve(config, folder.path, stack);
  const apiKey = await installationKey(folder.projectPath);
  await service.storage.apiKeys.ensure({ kind: 'installation', name: 'installation', key: apiKey });
  const client = createSandboxClient(sandboxUrl);
  const organization = await sampleOrganization(service, client, sandboxUrl);
  const url = `http://localhost:${config.port}`;
  const admin = config.admin ?? { email: '', password: '' };
  const file = await writeCredentials(folder.projectPath, {
    url,
    sandboxUrl,
    apiKey,
    adminEmail: admin.email,
    adminPassword: admin.password,
    organizationId: organization.id,
  });
  await confirmMappings(service, organization);
  await firstSync(service, organization, client, say);
  tellWhere({ say, url, sandboxUrl, admin, file });
  say(`ready: ${url}`);
}

async function database(dataDirectory: string, say: Say, stack: StopStack): Promise<string> {
  say('starting Postgres …');
  const log = { info: () => undefined, warn: say };
  const postgres = await startEmbeddedPostgres({ dataDirectory, log });
  stack.push(postgres.stop);
  return postgres.url;
}

async function sandbox(given: Config, dataDirectory: string, say: Say, stack: StopStack): Promise<string> {
  say('starting the sandbox: a stand-in Xero and a sample CRM …');
  const running = await startSandbox({
    port: given.sandboxPort,
    dataDir: join(dataDirectory, 'sandbox'),
    sample: { size: given.sampleSize, seed: SAMPLE_SEED },
  });
  stack.push(running.close);
  return `http://localhost:${running.port}`;
}

async function serve(config: ApiConfig, dataDirectory: string, stack: StopStack): Promise<Service> {
  const log = createLogger({
    level: config.logLevel,
    role: 'standalone',
    destination: logFile(join(dataDirectory, 'service.log')),
  });
  const service = await composeService({ config, role: 'standalone', queueWorkers: QUEUE_WORKERS, log });
  stack.push(service.close);
  const api = await openApi({ service, config });
  stack.push(api.close);
  const worker = await startWorker(service);
  stack.push(worker.stop);
  return service;
}

async function firstSync(
  service: Service,
  organization: OrganizationView,
  client: ReturnType<typeof createSandboxClient>,
  say: Say,
): Promise<void> {
  const end = await showSync(service, organization);
  if (end.kind === 'goes-on') return say('The sync goes on; /queues shows how far it is.');
  if (end.kind === 'stands-still') return end.why.forEach(say);
  tellResult({ say, crm: await client.crmLedger(), xero: await client.ledger(organization.xero.tenantId) });
}
