import { queueNames } from '../index.js';
import { eventually, WorkBench } from './bench.js';
import { serversUnderTest } from './servers.js';

for (const server of serversUnderTest(process.env)) {
  const describeIt = server.skipped ? describe.skip : describe;
  describeIt(`rings on ${server.kind} ${server.skipped ?? ''}`, () => {
    let bench: WorkBench;
    beforeAll(async () => {
      bench = await WorkBench.open(server);
    });
    afterEach(() => bench.clear());
    afterAll(() => bench.close());

    const waiting = () => bench.backend.queue('invoices').getJobs(['prioritized', 'waiting']);

    it('shows a ring as one readable job that carries ids only', async () => {
      expect(await bench.ring('org-1', 'backfill')).toBe('rung');
      const [job] = await waiting();
      expect(job?.name).toBe('Acme Ltd · invoices');
      expect(job?.data).toEqual({ v: 1, organizationId: 'org-1' });
    });

    it('refuses a payload with anything but ids', async () => {
      await expect(bench.ring('Jane Doe <jane@example.com>')).rejects.toThrow(/organizationId/);
    });

    it('runs events before what a person asked for, and both before backfills, however late they come', async () => {
      const rungFor = { backfill: 'org-b', manual: 'org-m', event: 'org-e' } as const;
      await bench.ring(rungFor.backfill, 'backfill');
      await bench.ring(rungFor.manual, 'manual');
      await bench.ring(rungFor.event, 'event');
      const order: string[] = [];
      await bench.work('invoices', async ({ organizationId }) => ({ n: order.push(organizationId) }));
      await eventually(async () => order.length === 3 || undefined);
      expect(order).toEqual(['org-e', 'org-m', 'org-b']);
    });

    it('makes one job out of rings while it waits', async () => {
      const organizationId = bench.organization();
      expect(await bench.ring(organizationId)).toBe('rung');
      expect(await bench.ring(organizationId)).toBe('already-rung');
      expect(await waiting()).toHaveLength(1);
    });

    it('makes one job out of 100 rings at once', async () => {
      const organizationId = bench.organization();
      const outcomes = await Promise.all(Array.from({ length: 100 }, () => bench.ring(organizationId)));
      expect(outcomes.filter((outcome) => outcome === 'rung')).toHaveLength(1);
      expect(outcomes).not.toContain('not-rung');
      expect(await waiting()).toHaveLength(1);
    });

    it('gives a waiting backfill the priority of an event that rings for the same', async () => {
      const organizationId = bench.organization();
      await bench.ring('org-other', 'manual');
      await bench.ring(organizationId, 'backfill');
      expect(await bench.ring(organizationId, 'event')).toBe('raised');
      const order: string[] = [];
      await bench.work('invoices', async (context) => ({ n: order.push(context.organizationId) }));
      await eventually(async () => order.length === 2 || undefined);
      expect(order).toEqual([organizationId, 'org-other']);
    });

    it('never lowers the priority of a waiting event', async () => {
      const organizationId = bench.organization();
      await bench.ring(organizationId, 'event');
      expect(await bench.ring(organizationId, 'backfill')).toBe('already-rung');
      expect((await waiting())[0]?.priority).toBe(1);
    });

    it('runs a job that was put off at once when an event rings, and leaves it for a backfill', async () => {
      const organizationId = bench.organization();
      const runs: number[] = [];
      await bench.work('invoices', async ({ delayUntil }) => {
        runs.push(runs.length);
        if (runs.length === 1) await delayUntil(Date.now() + 3_600_000);
        return {};
      });
      await bench.ring(organizationId, 'backfill');
      const queue = bench.backend.queue('invoices');
      await eventually(async () => (await queue.getDelayedCount()) === 1 || undefined);
      expect(await bench.ring(organizationId, 'backfill')).toBe('already-rung');
      expect(await queue.getDelayedCount()).toBe(1);
      expect(await bench.ring(organizationId, 'event')).toBe('raised');
      await eventually(async () => runs.length === 2 || undefined);
    });

    it('runs once more, and only once, whatever rang during a run', async () => {
      const organizationId = bench.organization();
      const runs: number[] = [];
      await bench.work('invoices', async () => {
        runs.push(runs.length);
        if (runs.length === 1) {
          for (let n = 0; n < 5; n += 1) expect(await bench.ring(organizationId)).toBe('already-rung');
        }
        return {};
      });
      await bench.ring(organizationId);
      const queue = bench.backend.queue('invoices');
      await eventually(async () => (await queue.getCompletedCount()) === 2 || undefined);
      expect(await queue.getJobCountByTypes('prioritized', 'waiting', 'active', 'delayed')).toBe(0);
      expect(runs).toEqual([0, 1]);
    });

    it('takes the priority of the last ring during a run', async () => {
      const organizationId = bench.organization();
      const priorities: (number | undefined)[] = [];
      await bench.work('invoices', async () => {
        const [job] = await bench.backend.queue('invoices').getActive();
        priorities.push(job?.priority);
        if (priorities.length === 1) {
          await bench.ring(organizationId, 'backfill');
          await bench.ring(organizationId, 'manual');
        }
        return {};
      });
      await bench.ring(organizationId, 'event');
      await eventually(async () => priorities.length === 2 || undefined);
      expect(priorities).toEqual([1, 2]);
    });

    it('keeps organizations, queues and tasks apart', async () => {
      const names = { organizationName: 'Acme Ltd', label: 'sweep', priority: 'manual' } as const;
      const sweep = { queue: 'sweeps', organizationId: 'org-1', ...names } as const;
      const upkeep = { queue: 'maintenance', organizationId: 'org-1', ...names } as const;
      const outcomes = [
        await bench.ring('org-1'),
        await bench.ring('org-2'),
        await bench.bell.ring({ ...names, queue: 'items', organizationId: 'org-1' }),
        await bench.bell.ring(sweep),
        await bench.bell.ring({ ...upkeep, task: 'prune' }),
        await bench.bell.ring({ ...upkeep, task: 'reference-data' }),
        await bench.bell.ring({ ...names, queue: 'maintenance', task: 'prune' }),
      ];
      expect(outcomes).toEqual(outcomes.map(() => 'rung'));
      expect(await bench.bell.ring(sweep)).toBe('already-rung');
    });

    it('rings again after everything in the queue was lost, also with workers waiting', async () => {
      const organizationId = bench.organization();
      const runs: string[] = [];
      await bench.ring(organizationId);
      await bench.space.lose();
      await bench.work('invoices', async (context) => ({ n: runs.push(context.organizationId) }));
      await bench.space.lose();
      expect(await bench.ring(organizationId)).toBe('rung');
      await eventually(async () => runs.length === 1 || undefined);
    });

    it('serves every queue at once with the connections that it has', async () => {
      const seen = new Set<string>();
      for (const queue of queueNames) {
        await bench.work(queue, async ({ log }) => {
          await log('at work');
          seen.add(queue);
          return {};
        });
      }
      const names = { organizationName: 'Acme Ltd', label: 'all', priority: 'event' } as const;
      const contents = { organizationId: 'org-1', task: 'prune' };
      for (const queue of queueNames) {
        await bench.backend.queue(queue).add('Acme Ltd · all', payloadFor(queue, contents), { priority: 1 });
      }
      await eventually(async () => seen.size === queueNames.length || undefined);
      await Promise.all(
        Array.from({ length: 50 }, (_, n) =>
          bench.bell.ring({ ...names, queue: 'items', organizationId: `org-${n}` }),
        ),
      );
      expect([...seen].sort()).toEqual([...queueNames].sort());
    });
  });
}

function payloadFor(queue: string, { organizationId, task }: Record<string, string>) {
  return queue === 'maintenance' ? { v: 1, task } : { v: 1, organizationId };
}
