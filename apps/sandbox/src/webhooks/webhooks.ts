import type { Books } from '../books/books.js';
import type { Webhook } from '../books/records.js';
import type { SandboxClock } from '../clock.js';
import { eventsOf, type WebhookEvent } from './events.js';
import { intentProblem } from './post.js';
import { Subscriber } from './subscriber.js';

/** Tells apps of changes in the organisations that are connected to them. Subscriptions are kept, events are not. */
export class Webhooks {
  private readonly subscribers = new Map<string, Subscriber>();
  private readonly closing = new AbortController();

  constructor(
    private readonly clock: SandboxClock,
    private readonly books: Books,
  ) {
    books.watch((changes) => this.tell(eventsOf(changes)));
    this.restart();
  }

  /** Subscribes an app once it has shown its intent to receive. Null when it has, else what went wrong. */
  async subscribe(webhook: Omit<Webhook, 'updatedAt'>): Promise<string | null> {
    const problem = await intentProblem(webhook.url, webhook.key, this.closing.signal);
    if (problem !== null) return problem;
    const { books, subscribers } = this;
    const row = books.transact(() => books.webhooks.put({ ...webhook, updatedAt: books.stamp() }));
    const before = subscribers.get(row.id);
    before?.close();
    subscribers.set(row.id, new Subscriber(row, this.clock, before));
    return null;
  }

  /** Ends the subscription of an app. */
  unsubscribe(clientId: string): void {
    this.books.transact(() => this.books.webhooks.delete(clientId));
    this.subscribers.get(clientId)?.close();
    this.subscribers.delete(clientId);
  }

  /** What is subscribed, and what came of it. */
  list(): Record<string, unknown>[] {
    return [...this.subscribers.values()].map((subscriber) => subscriber.state());
  }

  /** Begins anew with the subscriptions that the books hold; events that are under way are dropped. */
  restart(): void {
    for (const subscriber of this.subscribers.values()) subscriber.close();
    this.subscribers.clear();
    for (const webhook of this.books.webhooks.inOrder())
      this.subscribers.set(webhook.id, new Subscriber(webhook, this.clock));
  }

  /** The clock was moved: what has become due goes out; resolves when it has. */
  async catchUp(): Promise<void> {
    await Promise.all([...this.subscribers.values()].map((subscriber) => subscriber.catchUp()));
  }

  close(): void {
    this.closing.abort();
    for (const subscriber of this.subscribers.values()) subscriber.close();
  }

  private tell(events: readonly WebhookEvent[]): void {
    if (events.length === 0) return;
    for (const [clientId, subscriber] of this.subscribers) {
      const heard = events.filter(({ tenantId }) => this.isConnected(clientId, tenantId));
      if (heard.length > 0) subscriber.add(heard);
    }
  }

  private isConnected(clientId: string, tenantId: string): boolean {
    const { connections } = this.books;
    return connections.inOrder().some((one) => one.clientId === clientId && one.tenantId === tenantId);
  }
}
