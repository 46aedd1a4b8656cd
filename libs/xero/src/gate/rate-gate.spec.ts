import { type Lane, SyncError } from '@sync/domain';
import fc from 'fast-check';
import { VirtualClock } from '../testing/virtual-clock.js';
import { GateLedger, type GateStart } from './gate-ledger.js';
import { createGateMemories } from './gate-memory.js';
import { RateGate } from './rate-gate.js';

const MINUTE = 60_000;
const LATENCY = 3_000;

function gateAt(clock: VirtualClock, start: Partial<GateStart> = {}) {
  const ledger = new GateLedger(
    { calls: [], dayLimit: 5_000, dayUsed: 0, dayResumesAt: 0, held: null, ...start },
    createGateMemories()('connection', 'client'),
  );
  return { ledger, gate: new RateGate(ledger, clock) };
}

/** Calls as Xero sees them: when each began, and how long it had waited at the gate. */
class Traffic {
  readonly starts: { at: number; lane: Lane; waited: number }[] = [];
  open = 0;
  mostOpen = 0;
  refused = 0;

  constructor(
    private readonly gate: RateGate,
    private readonly clock: VirtualClock,
    private readonly latency = LATENCY,
  ) {}

  async call(lane: Lane): Promise<void> {
    const asked = this.clock.now().getTime();
    const permit = await this.gate.enter(lane);
    const at = this.clock.now().getTime();
    permit.sent(at, at + MINUTE);
    this.starts.push({ at, lane, waited: at - asked });
    this.open += 1;
    this.mostOpen = Math.max(this.mostOpen, this.open);
    await this.clock.sleep(this.latency);
    this.open -= 1;
    permit.done();
    this.gate.look();
  }

  async keepCalling(lane: Lane, until: number, pause = 0): Promise<void> {
    while (this.clock.now().getTime() < until) {
      try {
        await this.call(lane);
        if (pause > 0) await this.clock.sleep(pause);
      } catch (error) {
        if (!(error instanceof SyncError) || error.retryAt === undefined) throw error;
        this.refused += 1;
        await this.clock.sleep(error.retryAt.getTime() - this.clock.now().getTime());
      }
    }
  }

  /** Calls as a drain makes them: up to four under way, and none before there is room for it. */
  async drain(until: number, calls = Number.POSITIVE_INFINITY): Promise<void> {
    const underWay = new Set<Promise<void>>();
    for (let made = 0; made < calls && this.clock.now().getTime() < until; ) {
      if (underWay.size >= 4) await Promise.race(underWay);
      const room = this.gate.room('backfill');
      if (room.open) {
        const running = this.call('backfill').finally(() => underWay.delete(running));
        underWay.add(running);
        made += 1;
      } else {
        const wait = room.until.getTime() - this.clock.now().getTime();
        await this.clock.sleep(Math.min(Math.max(wait, 10), 500));
      }
    }
    await Promise.all(underWay);
  }

  /** The most calls in any span of a minute, wherever it begins. */
  mostInAMinute(): number {
    const times = this.starts.map(({ at }) => at);
    return Math.max(...times.map((from) => times.filter((at) => at >= from && at < from + MINUTE).length));
  }

  /** The fewest calls in any minute that begins after the first one and ends before the last call. */
  leastInAMinute(): number {
    const times = this.starts.map(({ at }) => at);
    const first = (times[0] ?? 0) + MINUTE;
    const last = (times.at(-1) ?? 0) - MINUTE;
    // A minute that begins just after a call has the fewest.
    const begins = times.filter((at) => at >= first && at <= last).map((at) => at + 1);
    return Math.min(...begins.map((from) => times.filter((at) => at >= from && at < from + MINUTE).length));
  }
}

describe('the rate gate', () => {
  it('fills every minute, wherever it begins, with at least 58 calls of a backfill, and none with more than 60', async () => {
    const clock = new VirtualClock();
    const { gate } = gateAt(clock);
    const traffic = new Traffic(gate, clock);
    const end = clock.now().getTime() + 20 * MINUTE;
    const drained = traffic.drain(end);
    await clock.advance(21 * MINUTE);
    await drained;
    // One more than is asked of the service, whose calls also wait for the CRM and the database.
    expect(traffic.leastInAMinute()).toBeGreaterThanOrEqual(58);
    expect(traffic.mostInAMinute()).toBeLessThanOrEqual(60);
    expect(traffic.mostOpen).toBeLessThanOrEqual(4);
  });

  it('lets the first sync of a small organization through in one go', async () => {
    const clock = new VirtualClock();
    const { gate } = gateAt(clock);
    const traffic = new Traffic(gate, clock, 100);
    const start = clock.now().getTime();
    const drained = traffic.drain(start + 20 * MINUTE, 58);
    await clock.advance(2 * MINUTE);
    await drained;
    expect((traffic.starts[57]?.at ?? Number.NaN) - start).toBeLessThanOrEqual(6_000);
  });

  it('never lets more than 60 calls start in any minute, whatever the latency and the lanes', async () => {
    const mixed = fc.array(
      fc.record({
        lane: fc.constantFrom<Lane>('event', 'backfill'),
        pause: fc.integer({ min: 0, max: 9_000 }),
      }),
      { minLength: 1, maxLength: 8 },
    );
    await fc.assert(
      fc.asyncProperty(mixed, fc.integer({ min: 1, max: 9_000 }), async (callers, latency) => {
        const clock = new VirtualClock();
        const traffic = new Traffic(gateAt(clock).gate, clock, latency);
        const end = clock.now().getTime() + 4 * MINUTE;
        const all = callers.map(({ lane, pause }) => traffic.keepCalling(lane, end, pause));
        await clock.advance(6 * MINUTE);
        await Promise.all(all);
        expect(traffic.mostInAMinute()).toBeLessThanOrEqual(60);
        expect(traffic.mostOpen).toBeLessThanOrEqual(5);
      }),
      { numRuns: 15 },
    );
  });

  it('starts the call of an event within 5 seconds, whenever it comes into a long backfill', async () => {
    const clock = new VirtualClock();
    const { gate } = gateAt(clock);
    const traffic = new Traffic(gate, clock);
    const end = clock.now().getTime() + 20 * MINUTE;
    const drained = traffic.drain(end);
    const events: Promise<void>[] = [];
    for (let count = 0; count < 40; count += 1) {
      await clock.advance(23_456 + 137 * count);
      events.push(traffic.call('event'));
    }
    await clock.advance(end - clock.now().getTime() + MINUTE);
    await Promise.all([drained, ...events]);
    const waits = traffic.starts.filter(({ lane }) => lane === 'event').map(({ waited }) => waited);
    expect(waits).toHaveLength(40);
    expect(Math.max(...waits)).toBeLessThanOrEqual(5_000);
    expect(traffic.mostInAMinute()).toBeLessThanOrEqual(60);
    expect(traffic.mostOpen).toBeLessThanOrEqual(5);
  });

  it('counts the calls of a killed holder, and takes them for open until their deadline', async () => {
    const clock = new VirtualClock();
    const now = clock.now().getTime();
    const killed = { sentAt: now - 1_000, openUntil: now + 20_000, ours: false };
    const { gate } = gateAt(clock, { calls: Array.from({ length: 5 }, () => killed) });
    expect(gate.room('event')).toEqual({ open: false, until: new Date(now + 20_000), limit: 'concurrent' });
    await clock.advance(20_000);
    expect(gate.room('event')).toEqual({ open: true });
  });

  it('keeps the fifth open call and the last fifth of the day for events', () => {
    const clock = new VirtualClock();
    const now = clock.now().getTime();
    const four = Array.from({ length: 4 }, () => ({ sentAt: now, openUntil: now + MINUTE, ours: true }));
    expect(gateAt(clock, { calls: four }).gate.room('backfill')).toMatchObject({ limit: 'concurrent' });
    expect(gateAt(clock, { calls: four }).gate.room('event')).toEqual({ open: true });
    const spent = { dayLimit: 1_000, dayUsed: 800, dayResumesAt: now + 7_200_000 };
    expect(gateAt(clock, spent).gate.room('backfill')).toEqual({
      open: false,
      until: new Date(now + 7_200_000),
      limit: 'day',
    });
    expect(gateAt(clock, spent).gate.room('event')).toEqual({ open: true });
  });

  it('sends away, with the time of its turn, whoever would have to wait more than 15 seconds', async () => {
    const clock = new VirtualClock();
    const now = clock.now().getTime();
    const { gate, ledger } = gateAt(clock);
    ledger.hold(now + 15_001, 'minute');
    const tooLong = await gate.enter('event').catch((error: unknown) => error);
    expect(tooLong).toMatchObject({ kind: 'rate-limited', retryAt: new Date(now + 15_001) });
    await clock.advance(1);
    const granted = gate.enter('event');
    await clock.advance(15_000);
    await expect(granted).resolves.toBeDefined();
  });

  it('lets an event pass before the backfill that waited longer', async () => {
    const clock = new VirtualClock();
    const now = clock.now().getTime();
    const { gate, ledger } = gateAt(clock);
    ledger.hold(now + 5_000, 'minute');
    const order: Lane[] = [];
    const waiting = (['backfill', 'event'] as const).map(async (lane) => {
      await gate.enter(lane);
      order.push(lane);
    });
    await clock.advance(6_000);
    await Promise.all(waiting);
    expect(order).toEqual(['event', 'backfill']);
  });

  it('believes Xero when less is left than it reckoned with, and never when more is', () => {
    const clock = new VirtualClock();
    const now = clock.now().getTime();
    const { gate, ledger } = gateAt(clock);
    const permit = ledger.start(now);
    permit.sent(now, now + MINUTE);
    permit.learn({ minute: 0, day: null, app: null }, now);
    permit.done();
    expect(gate.room('event')).toMatchObject({ open: false, limit: 'minute' });
    permit.learn({ minute: 1_000, day: null, app: null }, now);
    expect(gate.room('event')).toEqual({ open: true });
    const full = gateAt(clock, {
      calls: Array.from({ length: 60 }, () => ({ sentAt: now, openUntil: null, ours: true })),
    });
    expect(full.gate.room('event')).toEqual({ open: false, until: new Date(now + 61_000), limit: 'minute' });
  });

  it("takes no call of its own for a stranger's when answers come out of order", () => {
    const clock = new VirtualClock();
    const now = clock.now().getTime();
    const { gate, ledger } = gateAt(clock);
    const first = ledger.start(now);
    first.sent(now, now + MINUTE);
    for (let count = 0; count < 3; count += 1) ledger.start(now + 1).sent(now + 1, now + MINUTE);
    // Xero counted the three later calls before this one.
    first.learn({ minute: 56, day: null, app: null }, now + 2);
    first.done();
    const rest = Array.from({ length: 56 }, () => ledger.start(now + 2));
    for (const permit of rest) permit.done();
    expect(gate.room('event')).toMatchObject({ until: new Date(now + 61_000) });
  });
});
