import { waitUntil } from '@sync/testing';
import type { WorkerCrew } from './kill-workers.js';
import { timedCalls } from './rate-calls.js';
import type { Stage } from './stage.js';

/** Longer than a killed worker's claim may stay with it. */
const SLOW_CRM_MS = 40_000;

/**
 * Seconds from the death of a worker that had claimed a record, and sent nothing of it, until another worker has sent
 * it. The only worker is killed while it waits for the CRM, and its replacement has to start first.
 */
export async function secondsUntilTakenOver(stage: Stage, crew: WorkerCrew): Promise<number> {
  const { sandbox } = stage;
  await crew.stop();
  crew.start(1);
  const invoice = (await sandbox.crmLedger(true))['invoices']?.documents?.[0]?.id ?? '';
  const edit = { entity: 'invoices', id: invoice, action: 'edit' };
  await sandbox.post('act', { side: 'crm', ...edit, fields: { reference: `Order ${Date.now()}` } });
  await slowCrm(stage, SLOW_CRM_MS);
  await stage.event('invoices', invoice);
  await waitUntil(() => isClaimed(stage), { timeoutMs: 30_000, what: 'the invoice to be claimed' });
  await crew.stop();
  const killedAt = Date.now();
  await slowCrm(stage, 0);
  crew.start(1);
  const taken = await waitUntil(
    async () => (await timedCalls(sandbox, killedAt)).find(({ method }) => method === 'POST'),
    { timeoutMs: 60_000, intervalMs: 50, what: 'the claim to be taken over and sent' },
  );
  return (taken.at - killedAt) / 1000;
}

/** From now on the CRM answers so late; 0: as fast as it can. */
export async function slowCrm({ sandbox }: Stage, delayMs: number): Promise<void> {
  const fields = delayMs > 0 ? { mode: 'slow', delayMs } : { mode: 'none' };
  await sandbox.post('act', { side: 'crm', action: 'break', fields });
}

/** The event is not free any more; while the CRM does not answer, that can only mean that a worker has it. */
async function isClaimed({ service }: Stage): Promise<boolean> {
  return (await service.parts.stores.operations.due()).length === 0;
}
