import type { DrainBench } from '../testing/drain-bench.js';
import { withRealStorage } from '../testing/real/real-storage.js';
import { customer } from '../testing/records.js';

const HOUR = 3_600_000;

describe('what was nearly taken for an edit', () => {
  const { clock, storage, openBench } = withRealStorage();
  let bench: DrainBench;

  beforeAll(async () => {
    const settings = { writeBack: true, directions: { customers: 'two-way' } } as const;
    bench = await openBench({ settings });
    await bench.listed('customers');
    bench.crm.put('customers', [customer('1'), customer('2')]);
    await bench.hint('customers', ['1', '2']);
    await bench.settle();
  });

  const counted = async () => {
    const { nearMisses, nearMissAt } = await storage.stores.xeroCheckpoints.load(
      bench.organizationId,
      'customers',
    );
    return { nearMisses, nearMissAt };
  };
  const editAll = (phone: string) => {
    for (const { xeroId } of bench.xero.shelf.records('customers'))
      bench.xero.shelf.edit('customers', xeroId, { owned: { phone } });
  };

  it('is counted by entity, with the time of the last one; an edit is not', async () => {
    editAll('edited');
    await bench.later(HOUR, 'customers');
    expect(await counted()).toEqual({ nearMisses: 0, nearMissAt: null });

    // From now on whatever Xero holds means to the CRM what it has already.
    const { canonical } = bench.xero;
    bench.xero.canonical = (request) =>
      request.base ? { ok: true, record: request.base } : canonical(request);
    editAll('in other words');
    await bench.later(HOUR, 'customers');
    const first = clock.now();
    expect(await counted()).toEqual({ nearMisses: 2, nearMissAt: first });

    editAll('in other words again');
    await bench.later(HOUR, 'customers');
    expect(await counted()).toEqual({ nearMisses: 4, nearMissAt: new Date(first.getTime() + HOUR) });
    expect(bench.crm.calls.write).toBe(1);
  });
});
