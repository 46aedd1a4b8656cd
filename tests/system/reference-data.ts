import { SAMPLE_CRM_KEY } from '@sync/sandbox';
import { ENTITIES } from '@sync/domain';
import { waitUntil } from '@sync/testing';
import { type ApiStage, openApiStage } from './api-stage.js';
import { BEAT_MS } from './stage.js';

/** What the API shows of the reference data. */
export interface ShownReference {
  readAt: string;
  refreshing: boolean;
  accounts: { accountId: string; code: string | null; name: string; type: string; active: boolean }[];
  bankAccounts: { accountId: string; name: string; active: boolean }[];
  documents: object | null;
  crm: { paymentModes: Named[]; expenseCategories: Named[] };
}

/** An entry of a list of the CRM. */
export interface Named {
  id: string;
  name: string;
}

/** A stage on which payments and expenses flow both ways, its mappings confirmed. */
export async function openReferenceStage(): Promise<ApiStage> {
  const directions = { expenses: 'two-way', payments: 'two-way' } as const;
  const settings = { writeBack: true, directions };
  const stage = await openApiStage({ beatMs: BEAT_MS, size: 10, settings });
  await stage.post('mappings/confirm');
  const isRead = async () => !(await stage.get<ShownReference>('reference')).refreshing;
  await waitUntil(isRead, { timeoutMs: 30_000, what: 'what is left over by the mappings to have flowed' });
  return stage;
}

/** Asks for everything anew, and gives what was read. */
export async function refreshed(stage: ApiStage): Promise<ShownReference> {
  const before = await stage.get<ShownReference>('reference');
  await stage.post('reference/refresh');
  return waitUntil(
    async () => {
      const now = await stage.get<ShownReference>('reference');
      return !now.refreshing && now.readAt > before.readAt ? now : undefined;
    },
    { timeoutMs: 30_000, what: 'the reference data to be read' },
  );
}

/** Lets Xero's changes be read, and spares the sweeps of the CRM, which would use up the calls of the minute. */
export async function readXeroOnly({ service, organizationId }: ApiStage): Promise<void> {
  const { sweeps, xeroCheckpoints } = service.parts.stores;
  for (const entity of ENTITIES) {
    const checkpoint = await sweeps.begin({ organizationId, entity, holder: 'test', ttlMs: 60_000 });
    if (!checkpoint) throw new Error(`a sweep of ${entity} is under way`);
    const nextAt = new Date(Date.now() + 3_600_000);
    await sweeps.end({ checkpoint, holder: 'test', full: true, nextAt });
  }
  await xeroCheckpoints.schedule(organizationId, ['expenses'], new Date(0));
  await service.storage.admin.updateSettings(organizationId, { autoSync: true });
}

/** The mapping of a key, as the API shows it. */
export async function mappingOf(stage: ApiStage, kind: string, key: string) {
  interface Shown {
    items: { kind: string; key: string; value: string | null; source: string }[];
  }
  const { items } = await stage.get<Shown>('mappings');
  const found = items.find((one) => one.kind === kind && one.key === key);
  return { value: found?.value ?? null, source: found?.source ?? null };
}

/** Asks the sample CRM. */
export async function inCrm<T>({ sandbox }: ApiStage, path: string, body?: object): Promise<T> {
  const response = await fetch(`${sandbox.url}/crm/v1/${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${SAMPLE_CRM_KEY}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}

/** What the CRM has to choose from. */
export function crmLists(stage: ApiStage): Promise<ShownReference['crm']> {
  return inCrm(stage, 'reference');
}

/** Asks Xero, as somebody else's program would. */
export async function inXero<T>({ sandbox }: ApiStage, path: string): Promise<T> {
  const { access_token: token, tenantIds } = await sandbox.post<{
    access_token: string;
    tenantIds: string[];
  }>('authorize', {});
  const response = await fetch(`${sandbox.url}/api.xro/2.0/${path}`, {
    headers: {
      authorization: `Bearer ${token}`,
      'xero-tenant-id': tenantIds[0] ?? '',
      accept: 'application/json',
    },
  });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as T;
}

/** The entry of a list that bears this name; throws unless there is one, and one alone. */
export function only<T extends { name: string }>(entries: readonly T[], name: string): T {
  const [found, ...others] = entries.filter((one) => one.name === name);
  if (!found || others.length > 0) throw new Error(`${name} is there ${found ? others.length + 1 : 0} times`);
  return found;
}
