import { expectSameBooks } from './same-books.js';
import type { FaultRule } from './sandbox-control.js';
import { expectSettled, openIssues } from './settled.js';
import { BEAT_MS, openStage, type Stage } from './stage.js';

/** Which calls go wrong while a sample of this size is synced for the first time. */
export interface FaultProof {
  size: number;
  rules: readonly FaultRule[];
  /** How often the rules must have struck, or the proof proves nothing. */
  strikes: number;
  timeoutMs: number;
}

/**
 * Whatever becomes of answers, everything is in Xero once: what Xero did without telling is found there, what it did
 * not do is done again, and neither a second document nor a second payment comes of it.
 */
export function proveOnceInSpiteOfFaults({ size, rules, strikes, timeoutMs }: FaultProof): void {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ beatMs: BEAT_MS, size });
  }, timeoutMs);
  afterAll(() => stage.close());

  it(
    'brings everything over once, to the cent',
    async () => {
      await stage.sandbox.setFaults(rules);
      const run = await stage.sync('full', timeoutMs);
      expect(run.status).toBe('completed');
      const struck = await stage.sandbox.strikes();
      console.info(`${size} invoices, faults: ${JSON.stringify(struck)}`);
      expect(Object.values(struck).reduce((sum, times) => sum + times, 0)).toBeGreaterThanOrEqual(strikes);
      await expectSameBooks(stage.sandbox);
    },
    timeoutMs,
  );

  it(
    'leaves nothing in doubt, nothing undone and nobody to be told',
    async () => {
      await stage.sandbox.setFaults([]);
      await stage.quiet();
      await expectSettled(stage);
      expect(await openIssues(stage)).toEqual([]);
    },
    timeoutMs,
  );

  it(
    'takes what it found in Xero for its own: the next sync writes nothing',
    async () => {
      await stage.sandbox.forgetCalls();
      await stage.sync('full', timeoutMs);
      expect((await stage.sandbox.calls()).filter(({ method }) => method !== 'GET')).toEqual([]);
    },
    timeoutMs,
  );
}
