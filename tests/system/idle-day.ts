import { CRM_ENTITIES } from '@sync/domain';
import { resourceOf, type SeenCall, writing } from './sandbox-control.js';
import { expectSettled, openIssues } from './settled.js';
import { type SimulatedTime, simulatedTime } from './simulated-time.js';
import { openStage, type Stage } from './stage.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** An organization in which nothing happens. */
export interface IdleProof {
  hours: number;
  /** Calls that it may make in that time. */
  most: number;
  /** Hours that nobody looked after the first sync; after seven days every listing of everything is due as well. */
  afterHours: number;
  timeoutMs: number;
}

/** Every entity flows both ways, on a plan of 1,000 calls a day with Xero's limits on; no webhook tells of anything. */
export function proveIdleIsFrugal({ hours, most, afterHours, timeoutMs }: IdleProof): void {
  let stage: Stage;
  let time: SimulatedTime;
  beforeAll(async () => {
    stage = await openStage({ size: 20, worker: 'none', dayLimit: 1000, settings: everythingBothWays() });
    time = simulatedTime(stage);
    await synced(stage, time);
    await time.pass(afterHours * HOUR);
    await stage.sandbox.post('limits', { enabled: true, day: 1000 });
    await stage.sandbox.forgetCalls();
  }, timeoutMs);
  afterAll(() => stage.close());

  it(
    `makes at most ${most} calls in ${hours} hours, all of them readings`,
    async () => {
      const end = time.now() + hours * HOUR;
      while (time.now() < end) {
        await time.work();
        await time.pass(MINUTE);
      }
      const calls = await stage.sandbox.calls();
      console.info(`idle for ${hours} hours: ${calls.length} calls, ${JSON.stringify(byResource(calls))}`);
      expect(writing(calls)).toEqual([]);
      expect(calls.filter(({ status }) => status >= 400)).toEqual([]);
      expect(calls.length).toBeLessThanOrEqual(most);
      // Nor was it idle for the wrong reason.
      expect(byResource(calls)['Invoices']).toBeGreaterThanOrEqual(hours * 4 - 1);
      expect(await openIssues(stage)).toEqual([]);
    },
    timeoutMs,
  );
}

/** Settings with which all that can flow does. The CRM is looked at seldom, which costs no call to Xero. */
export function everythingBothWays() {
  const directions = Object.fromEntries(CRM_ENTITIES.map((entity) => [entity, 'two-way' as const]));
  return {
    directions,
    writeBack: true,
    autoSync: true,
    sweepEverySeconds: 1800,
    fullSweepEverySeconds: 7200,
  };
}

/** Connects an organization and syncs it for the first time. */
export async function synced(stage: Stage, time: SimulatedTime): Promise<void> {
  const { stores, clock } = stage.service.parts;
  await time.work();
  await stores.mappings.confirm(stage.organizationId, clock.now());
  await stage.startRun('full');
  await time.settle();
  await expectSettled(stage);
}

function byResource(calls: readonly SeenCall[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const call of calls) counts[resourceOf(call)] = (counts[resourceOf(call)] ?? 0) + 1;
  return counts;
}
