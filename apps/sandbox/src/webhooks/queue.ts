import { seeded } from '../chance.js';
import type { Webhook } from '../books/records.js';
import type { WebhookEvent } from './events.js';
import type { NumberedEvent } from './payload.js';

/** How many events go into one delivery at most. */
const MOST = 100;
/** How much longer than the usual delay a held event waits at most, in delays. */
const HELD = 10;

interface Waiting {
  readonly event: NumberedEvent;
  readonly dueAt: number;
}

/** Gathers events until they are due; some are held back, doubled or lost, as the subscription wants it. */
export class EventQueue {
  private waiting: Waiting[] = [];
  private readonly random: () => number;
  lost = 0;
  duplicated = 0;

  constructor(
    private readonly webhook: Webhook,
    /** The number of the last event. */
    public sequence = 0,
  ) {
    this.random = seeded(webhook.seed);
  }

  get size(): number {
    return this.waiting.length;
  }

  add(event: WebhookEvent, now: number): void {
    const { loss, duplicates } = this.webhook;
    const numbered = { ...event, sequence: ++this.sequence };
    if (this.random() < loss) {
      this.lost++;
      return;
    }
    this.waiting.push({ event: numbered, dueAt: now + this.delay() });
    if (this.random() >= duplicates) return;
    this.duplicated++;
    this.waiting.push({ event: numbered, dueAt: now + this.delay() });
  }

  /** When the next event is due, ms; null when none waits. */
  nextAt(): number | null {
    return this.waiting.length === 0 ? null : Math.min(...this.waiting.map(({ dueAt }) => dueAt));
  }

  /** Takes what is due, and what was gathered since, in deliveries; with disorder the events of one are shuffled, too. */
  take(now: number): NumberedEvent[][] {
    const until = (this.nextAt() ?? now) <= now ? now + this.webhook.delayMs : now;
    const due = this.waiting.filter(({ dueAt }) => dueAt <= until).map(({ event }) => event);
    this.waiting = this.waiting.filter(({ dueAt }) => dueAt > until);
    const events = this.webhook.disorder > 0 ? this.shuffled(due) : due;
    return inDeliveries(events);
  }

  private delay(): number {
    const { delayMs, disorder } = this.webhook;
    const held = this.random() < disorder;
    return held ? Math.round(Math.max(delayMs, 100) * (1 + this.random() * HELD)) : delayMs;
  }

  private shuffled<T>(rows: readonly T[]): T[] {
    return rows
      .map((row) => ({ row, place: this.random() }))
      .sort((a, b) => a.place - b.place)
      .map(({ row }) => row);
  }
}

/** Events in as many deliveries as it takes. */
export const inDeliveries = (events: readonly NumberedEvent[]): NumberedEvent[][] =>
  Array.from({ length: Math.ceil(events.length / MOST) }, (_, at) =>
    events.slice(at * MOST, (at + 1) * MOST),
  );
