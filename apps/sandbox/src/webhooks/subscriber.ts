import type { SandboxClock } from '../clock.js';
import type { Webhook } from '../books/records.js';
import type { WebhookEvent } from './events.js';
import { type NumberedEvent, payloadOf, signatureOf } from './payload.js';
import { isReceived, post } from './post.js';
import { EventQueue, inDeliveries } from './queue.js';

const RETRY_MS = 15 * 60_000;
const GIVE_UP_MS = 24 * 3_600_000;
const LONGEST_TIMER = 2_147_483_647;
const REMEMBERED = 100;

interface Delivery {
  readonly events: readonly NumberedEvent[];
  readonly dueAt: number;
  readonly attempt: number;
  /** When it first went out, ms. */
  readonly since: number | null;
}

/** One attempt to deliver, as the control routes show it. */
export interface AttemptNote {
  readonly at: number;
  readonly events: number;
  readonly attempt: number;
  readonly status: number | null;
  readonly problem: string | null;
}

/**
 * Delivers the events of one app on the sandbox's clock: after a failure at once again, then every 15 minutes for a day. One
 * that takes the place of another goes on with what that one could not deliver.
 */
export class Subscriber {
  private readonly queue: EventQueue;
  private readonly closing = new AbortController();
  private readonly attempts: AttemptNote[] = [];
  private deliveries: Delivery[] = [];
  private timer: NodeJS.Timeout | null = null;
  private underWay: Promise<void> | null = null;
  private disabled = false;
  private delivered = 0;

  constructor(
    readonly webhook: Webhook,
    private readonly clock: SandboxClock,
    before?: Subscriber,
  ) {
    const replayed = before?.undelivered() ?? [];
    this.queue = new EventQueue(webhook, before?.queue.sequence);
    this.deliveries = inDeliveries(replayed).map((events) => newDelivery(events, clock.now()));
    this.wake();
  }

  add(events: readonly WebhookEvent[]): void {
    for (const event of events) this.queue.add(event, this.clock.now());
    this.wake();
  }

  /** Sends what is due by the clock, and what becomes due by that. */
  async catchUp(): Promise<void> {
    while (this.isDue()) await this.deliverDue();
    this.wake();
  }

  // Looks at the clock again: what has become due goes out.
  private wake(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const next = this.nextAt();
    if (next === null || this.underWay || this.disabled || this.closing.signal.aborted) return;
    const wait = Math.min(LONGEST_TIMER, Math.max(0, next - this.clock.now()));
    this.timer = setTimeout(() => void this.deliverDue(), wait).unref();
  }

  close(): void {
    this.closing.abort();
    if (this.timer) clearTimeout(this.timer);
  }

  // What was not received, oldest first: replayed when the app subscribes again.
  private undelivered(): NumberedEvent[] {
    const waiting = this.queue.take(Number.POSITIVE_INFINITY).flat();
    const events = [...this.deliveries.flatMap((delivery) => delivery.events), ...waiting];
    return events.sort((a, b) => a.sequence - b.sequence);
  }

  state(): Record<string, unknown> {
    const { id, url, disorder, duplicates, loss, delayMs } = this.webhook;
    const late = this.deliveries.reduce((sum, { events }) => sum + events.length, 0);
    return {
      clientId: id,
      url,
      status: this.disabled ? 'disabled' : 'active',
      disorder,
      duplicates,
      loss,
      delayMs,
      pending: this.queue.size + late,
      delivered: this.delivered,
      duplicated: this.queue.duplicated,
      lost: this.queue.lost,
      attempts: this.attempts,
    };
  }

  private nextAt(): number | null {
    const times = this.deliveries.map(({ dueAt }) => dueAt);
    const queued = this.queue.nextAt();
    if (queued !== null) times.push(queued);
    return times.length === 0 ? null : Math.min(...times);
  }

  private isDue(): boolean {
    if (this.disabled || this.closing.signal.aborted) return false;
    return this.underWay !== null || (this.nextAt() ?? Number.POSITIVE_INFINITY) <= this.clock.now();
  }

  private deliverDue(): Promise<void> {
    this.underWay ??= this.deliverNow().finally(() => {
      this.underWay = null;
      this.wake();
    });
    return this.underWay;
  }

  private async deliverNow(): Promise<void> {
    const now = this.clock.now();
    this.deliveries.push(...this.queue.take(now).map((events) => newDelivery(events, now)));
    for (const delivery of this.deliveries.filter(({ dueAt }) => dueAt <= now)) {
      if (this.disabled || this.closing.signal.aborted) break;
      await this.deliver(delivery);
    }
  }

  private async deliver(delivery: Delivery): Promise<void> {
    const { url, key } = this.webhook;
    const body = payloadOf(delivery.events);
    const at = this.clock.now();
    const outcome = await post(url, body, {
      signature: signatureOf(body, key),
      closing: this.closing.signal,
    });
    this.deliveries = this.deliveries.filter((one) => one !== delivery);
    this.note({ at, events: delivery.events.length, attempt: delivery.attempt, ...outcome });
    if (isReceived(outcome)) this.delivered += delivery.events.length;
    else this.retry(delivery, at);
  }

  // The first retry comes at once; after a day of failures the subscription is disabled, and its events are kept.
  private retry(delivery: Delivery, at: number): void {
    const since = delivery.since ?? at;
    const dueAt = delivery.attempt === 1 ? at : this.clock.now() + RETRY_MS;
    this.deliveries.push({ ...delivery, attempt: delivery.attempt + 1, since, dueAt });
    if (at - since >= GIVE_UP_MS) this.disabled = true;
  }

  private note(attempt: AttemptNote): void {
    this.attempts.push(attempt);
    if (this.attempts.length > REMEMBERED) this.attempts.shift();
  }
}

const newDelivery = (events: readonly NumberedEvent[], dueAt: number): Delivery => ({
  events,
  dueAt,
  attempt: 1,
  since: null,
});
