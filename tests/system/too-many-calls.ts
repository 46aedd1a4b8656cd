import { setTimeout as delay } from 'node:timers/promises';
import { issueTitle } from '@sync/domain';
import { expectSameBooks } from './same-books.js';
import type { SeenCall } from './sandbox-control.js';
import { expectSettled, issueOpened, issueResolved, openIssues, probeNow } from './settled.js';
import { BEAT_MS, openStage, type Stage } from './stage.js';

/** One of Xero's limits, and how long the sandbox's 429 asks to wait. */
export interface LimitProof {
  kind: '429-minute' | '429-concurrent' | '429-appminute';
  waitMs: number;
  size: number;
  timeoutMs: number;
}

/** Calls that were on their way when the 429 was read are nobody's fault. */
const ON_THEIR_WAY_MS = 100;

/** A 429 is obeyed to the second, nothing is lost and nobody is told: it passes by itself. */
export function proveLimitIsObeyed({ kind, waitMs, size, timeoutMs }: LimitProof): void {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ beatMs: BEAT_MS, size, keepsToMinute: true });
  }, timeoutMs);
  afterAll(() => stage.close());

  it(
    'makes no call until the wait is over, and then brings everything over once',
    async () => {
      await stage.sandbox.setFaults([{ kind, method: 'WRITE', path: '/Invoices', nth: 1 }]);
      expect(await stage.sync('full', timeoutMs)).toMatchObject({ status: 'completed' });
      const calls = await stage.sandbox.calls();
      const refused = calls.filter(({ status }) => status === 429);
      expect(refused).toHaveLength(1);
      expect(during(calls, refused[0], waitMs)).toEqual([]);
      await expectSameBooks(stage.sandbox);
      await expectSettled(stage);
      expect(await openIssues(stage)).toEqual([]);
    },
    timeoutMs,
  );
}

function during(calls: readonly SeenCall[], refused: SeenCall | undefined, waitMs: number): SeenCall[] {
  const from = (refused?.at ?? 0) + ON_THEIR_WAY_MS;
  return calls.filter(({ at }) => at > from && at < from + waitMs - 2 * ON_THEIR_WAY_MS);
}

/** The day is used up: the organization waits, says until when, and goes on when the time has come. */
export function proveDayLimitIsToldAndObeyed({
  size,
  timeoutMs,
}: Pick<LimitProof, 'size' | 'timeoutMs'>): void {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ beatMs: BEAT_MS, size, keepsToMinute: true });
    await stage.sandbox.setFaults([{ kind: '429-day', method: 'WRITE', path: '/Invoices', nth: 1 }]);
  }, timeoutMs);
  afterAll(() => stage.close());

  it(
    'makes no further call, and says when it goes on',
    async () => {
      await stage.startRun('full');
      const issue = await issueOpened(stage, 'XERO_DAY_LIMIT');
      expect(issueTitle(issue.code, issue.meta)).toMatch(/allows in a day are used up/);
      const calls = await stage.sandbox.calls();
      await stage.event('customers', '1');
      await delay(2_000);
      expect(await stage.sandbox.calls()).toEqual(calls);
    },
    timeoutMs,
  );

  it(
    'goes on where it stopped',
    async () => {
      const { storage, parts } = stage.service;
      const organization = await parts.stores.organizations.load(stage.organizationId);
      await storage.callLog.holdUntil(organization?.xeroConnection.id ?? '', parts.clock.now(), 'day');
      await probeNow(stage, 'XERO_DAY_LIMIT');
      await issueResolved(stage, 'XERO_DAY_LIMIT');
      await stage.quiet();
      expect(await stage.sync('incremental', timeoutMs)).toMatchObject({ status: 'completed' });
      await expectSameBooks(stage.sandbox);
      await expectSettled(stage);
    },
    timeoutMs,
  );
}
