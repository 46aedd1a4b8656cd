import type { Service } from '@sync/composition';
import { waitUntil } from '@sync/testing';

/** Time passes by so much at once where everything that is left waits for it. */
const STEP_MS = 5_000;

/** What waits for another reading is looked at again after half a minute; nothing that a stage needs takes longer. */
const MOST_MS = 60_000;

/** What is waited for. */
export interface Quiet {
  service: Service;
  organizationId: string;
  timeoutMs: number;
  /** Lets time pass on both sides; null where clocks are not in our hands, since other processes work. */
  pass: ((ms: number) => Promise<void>) | null;
}

/** Waits until no operation is due, claimed or in doubt. What waits for its time does not keep anybody waiting. */
export async function untilQuiet({ service, organizationId, timeoutMs, pass }: Quiet): Promise<void> {
  let passed = 0;
  const look = async () => {
    const state = await stateOf(service, organizationId, async () => {
      if (pass === null || passed >= MOST_MS) return;
      passed += STEP_MS;
      await pass(STEP_MS);
    });
    return state === 'quiet' || undefined;
  };
  await waitUntil(look, { timeoutMs, intervalMs: 50, what: 'nothing to be due any more' });
}

/** Claims are made under the lease, so whoever gets it sees none; `later` is done while nobody else works. */
async function stateOf(
  { parts, storage }: Service,
  organizationId: string,
  later: () => Promise<void>,
): Promise<'quiet' | 'busy'> {
  const { operations, batches, leases, organizations } = parts.stores;
  if ((await operations.due()).length > 0) return 'busy';
  const connectionId = (await organizations.load(organizationId))?.xeroConnection.id ?? '';
  const fence = await leases.acquire(connectionId, 'quiet', 1_000);
  if (!fence) return 'busy';
  try {
    const left = [...(await operations.due()), ...(await batches.open(connectionId))];
    if (left.length > 0) return 'busy';
    const summary = await storage.admin.summary(organizationId);
    if (Object.values(summary).every(({ pending, waiting }) => pending + waiting === 0)) return 'quiet';
    await later();
    return 'busy';
  } finally {
    await leases.release(fence);
  }
}
