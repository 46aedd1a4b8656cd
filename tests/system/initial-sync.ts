import { ENTITIES } from '@sync/domain';
import { type Ledger, resourceOf, type SeenCall, writing } from './sandbox-control.js';
import { expectSameBooks } from './same-books.js';
import { openStage, type Stage } from './stage.js';

/** Records that one writing call carries at most. */
const BATCH = 50;

/** What the first sync of a sample of this size may cost. */
export interface InitialSyncProof {
  size: number;
  /** Partial batches beyond the fewest calls that are possible. */
  spare: number;
  timeoutMs: number;
}

/**
 * The first sync brings everything over, to the cent, in nearly the fewest calls; a second one right after writes
 * nothing; a record changed once is written once, however often it is announced.
 */
export function proveInitialSync({ size, spare, timeoutMs }: InitialSyncProof): void {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage({ size });
  }, timeoutMs);
  afterAll(() => stage.close());

  it(
    'brings everything over, equal to the cent, in nearly the fewest calls',
    async () => {
      await stage.sync('full', timeoutMs);
      await expectSameBooks(stage.sandbox);
      const calls = await stage.sandbox.calls();
      const counts = await stage.sandbox.crmLedger();
      const fewest = fewestCalls(await stage.sandbox.crmLedger(true));
      const found = figures(calls);
      console.info(`first sync of ${size} invoices: ${JSON.stringify({ ...found, fewest })}`);
      expect(found.writes).toBeLessThanOrEqual(fewest + spare);
      expect(found.taxWrites).toBe(counts['taxes']?.count);
      expect(found.reads).toBeLessThanOrEqual(12);
    },
    timeoutMs,
  );

  it(
    'writes nothing the second time',
    async () => {
      await stage.sandbox.forgetCalls();
      await stage.sync('full', timeoutMs);
      expect(writing(await stage.sandbox.calls())).toEqual([]);
    },
    timeoutMs,
  );

  it(
    'writes once what was changed once and announced a hundred times, and nothing that was not',
    async () => {
      const invoices = (await stage.sandbox.crmLedger(true))['invoices']?.documents ?? [];
      const [changed, untouched] = [invoices[0]?.id ?? '', invoices[1]?.id ?? ''];
      await stage.sandbox.post('act', {
        side: 'crm',
        entity: 'invoices',
        id: changed,
        action: 'edit',
        fields: { reference: 'PO 4711' },
      });
      await stage.sandbox.forgetCalls();
      for (let n = 0; n < 100; n += 1) await stage.event('invoices', changed, untouched);
      await stage.quiet();
      expect(
        writing(await stage.sandbox.calls()).map(({ method, path }) => `${method} ${resourceOf({ path })}`),
      ).toEqual(['POST Invoices']);
    },
    timeoutMs,
  );
}

/** Full batches of everything but taxes; credits are applied one credit note at a time. */
function fewestCalls(crm: Ledger): number {
  const inBatches = ENTITIES.filter((entity) => entity !== 'taxes' && entity !== 'credit-applications');
  // The stand-in for unknown vendors goes with the vendors.
  const batches = inBatches.map((entity) => Math.ceil((crm[entity]?.count ?? 0) / BATCH));
  const applied = crm['credit-applications']?.documents ?? [];
  const notes = new Set(applied.map(({ creditNoteId }) => creditNoteId));
  return batches.reduce((sum, calls) => sum + calls, notes.size);
}

function figures(calls: readonly SeenCall[]) {
  const writes = writing(calls);
  const taxWrites = writes.filter((call) => resourceOf(call) === 'TaxRates').length;
  return { writes: writes.length - taxWrites, taxWrites, reads: calls.length - writes.length };
}
