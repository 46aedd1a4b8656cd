import type { DrainBench } from '../testing/drain-bench.js';
import { withRealStorage } from '../testing/real/real-storage.js';
import { customer } from '../testing/records.js';
import { xeroRecord } from '../testing/scripted-xero.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

describe('the day from which on records of Xero are pulled', () => {
  const { clock, storage, openBench } = withRealStorage();
  let bench: DrainBench;

  beforeEach(async () => {
    const settings = { writeBack: true, directions: { customers: 'two-way' } } as const;
    bench = await openBench({ settings });
    await bench.listed('customers');
    // One was in Xero long before, one is new.
    const old = new Date(clock.now().getTime() - 30 * DAY);
    bench.xero.shelf.put('customers', contact('old', old));
    await bench.later(0, 'customers');
    clock.advance(MINUTE);
    bench.xero.shelf.put('customers', contact('new', clock.now()));
    await bench.later(4 * 60 * MINUTE, 'customers');
    bench.xero.most.listings = 0;
  });

  const contact = (xeroId: string, at: Date) => {
    const { id: _, ...owned } = customer(xeroId, { name: xeroId });
    return { ...xeroRecord(xeroId, { name: xeroId }, at), owned };
  };
  const names = async () => {
    const { changes } = await bench.crm.listChanges({
      entity: 'customers',
      depth: 'all',
      cursor: null,
      signal: new AbortController().signal,
    });
    const ids = changes.map(({ recordId }) => recordId);
    const readings = await bench.crm.read('customers', ids, new AbortController().signal);
    const found = readings.flatMap((reading) => (reading.state === 'found' ? [reading.record.name] : []));
    return found.toSorted((a, b) => (a ?? '').localeCompare(b ?? ''));
  };
  const move = (days: number) =>
    storage.stores.xeroCheckpoints.movePullFrom(
      bench.organizationId,
      'customers',
      new Date(clock.now().getTime() + days * DAY),
    );
  const due = async () => {
    const found = await storage.stores.xeroCheckpoints.due();
    return found.filter(({ organizationId }) => organizationId === bench.organizationId);
  };

  it('is that of the first listing', async () => {
    expect(await names()).toEqual(['new']);
  });

  it('may be an earlier one: what is within now is read at once and pulled, and then no more', async () => {
    await move(-31);
    expect((await due()).map(({ entity }) => entity)).toContain('customers');
    await bench.later(0, 'customers');
    expect(await names()).toEqual(['new', 'old']);
    expect(bench.xero.most.listings).toBe(1);
    expect((await due()).map(({ entity }) => entity)).not.toContain('customers');
  });

  it('is followed without auto-sync, too', async () => {
    await storage.admin.updateSettings(bench.organizationId, { autoSync: false });
    await move(-31);
    await bench.later(0, 'customers');
    expect(await names()).toEqual(['new', 'old']);
  });

  it('may be a later one: what was pulled stays, and nothing is read for that', async () => {
    const organization = bench.organizationId;
    await storage.stores.xeroCheckpoints.movePullFrom(organization, 'customers', clock.now());
    expect((await due()).map(({ entity }) => entity)).not.toContain('customers');
    await bench.later(0, 'customers');
    expect(await names()).toEqual(['new']);
    expect(bench.xero.most.listings).toBe(0);
  });

  it('may be moved while a listing is under way, which is then made once more', async () => {
    await storage.stores.xeroCheckpoints.readAll(bench.organizationId, 'customers');
    const moves: Promise<void>[] = [];
    bench.xero.onList(() => {
      if (moves.length === 0) moves.push(move(-31));
    });
    await bench.later(0, 'customers');
    await Promise.all(moves);
    await bench.later(0, 'customers');
    expect(await names()).toEqual(['new', 'old']);
  });
});
