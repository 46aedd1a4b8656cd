import { CRM_ENTITIES } from '@sync/domain';
import { SAMPLE_CRM_KEY } from '@sync/sandbox';
import type { World } from './world.js';

/** Long enough for Xero to be listed as a whole, which shows what is gone without a trace. */
const LONG_MS = 8 * 24 * 3_600_000;

/** What people and programs write in Xero; their settings are not edited here. */
const RESOURCES = [
  'Contacts',
  'Items',
  'Invoices',
  'CreditNotes',
  'Payments',
  'BankTransactions',
  'PurchaseOrders',
] as const;

/** Lets the service find everything: both sides are read to the end. */
export async function readEverything({ stage, time, turns }: World): Promise<void> {
  await time.pass(LONG_MS);
  await stage.startRun('full');
  await turns.untilQuiet();
}

/** What was written on either side while everything was read once more, in words. */
export async function writesOfAnotherReading(world: World): Promise<string[]> {
  const since = new Date(world.stage.service.parts.clock.now().getTime() + LONG_MS / 2);
  const before = await crmChanges(world);
  await readEverything(world);
  const after = await crmChanges(world);
  const moved = CRM_ENTITIES.filter((entity) => before.get(entity) !== after.get(entity));
  return [...(await changedInXero(world, since)), ...moved.map((entity) => `${entity} in the CRM`)];
}

/** Each record of Xero that changed after a moment, whatever the change was. */
async function changedInXero({ stage }: World, since: Date): Promise<string[]> {
  const { url } = stage.sandbox;
  const granted = await stage.sandbox.post<{ access_token: string; tenantIds: string[] }>('authorize', {});
  const headers = {
    accept: 'application/json',
    authorization: `Bearer ${granted.access_token}`,
    'xero-tenant-id': granted.tenantIds[0] ?? '',
    'if-modified-since': since.toISOString().slice(0, 19),
  };
  const found = RESOURCES.map(async (resource) => {
    const response = await fetch(`${url}/api.xro/2.0/${resource}?page=1&includeArchived=true`, { headers });
    const body = (await response.json()) as Record<string, Record<string, unknown>[] | undefined>;
    const ids = body[resource]?.map((record) => String(record[`${resource.slice(0, -1)}ID`]));
    if (!ids) throw new Error(`${resource} answered ${response.status}`);
    return ids.map((id) => `${resource} ${id} in Xero`);
  });
  return (await Promise.all(found)).flat();
}

/** The changes of each entity in the CRM, in their order. */
async function crmChanges({ stage }: World): Promise<Map<string, string>> {
  const headers = { authorization: `Bearer ${SAMPLE_CRM_KEY}` };
  const changes = CRM_ENTITIES.map(async (entity) => {
    const response = await fetch(`${stage.sandbox.url}/crm/v1/${entity}/changes?limit=1000`, { headers });
    const { cursor } = (await response.json()) as { cursor: string };
    return [entity, cursor] as const;
  });
  return new Map(await Promise.all(changes));
}
