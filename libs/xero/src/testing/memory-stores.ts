import type { Clock } from '@sync/domain';
import type { CallLog, LoggedCall, TokenVault, XeroApp, XeroTokens } from '@sync/engine';

/** The system's clock. */
export const systemClock: Clock = {
  now: () => new Date(),
  sleep: (ms, signal) =>
    new Promise((wake, reject) => {
      const timer = setTimeout(wake, ms);
      signal?.addEventListener('abort', () => {
        clearTimeout(timer);
        reject(signal.reason);
      });
    }),
};

/** A call log in memory. */
export class MemoryCallLog implements CallLog {
  readonly calls: (LoggedCall & { path: string; status: number | null })[] = [];
  held: { until: Date; limit: string } | null = null;

  async recent(_connectionId: string, since: Date): Promise<LoggedCall[]> {
    return this.calls.filter(({ sentAt, finishedAt }) => sentAt >= since || finishedAt === null);
  }

  async countSince(_connectionId: string, since: Date): Promise<number> {
    return this.calls.filter(({ sentAt }) => sentAt >= since).length;
  }

  async started(call: { path: string; sentAt: Date; deadlineAt: Date }): Promise<string> {
    const { path, sentAt, deadlineAt } = call;
    this.calls.push({ path, sentAt, deadlineAt, finishedAt: null, status: null });
    return String(this.calls.length - 1);
  }

  async finished(id: string, result: { finishedAt: Date; status: number | null }): Promise<void> {
    const call = this.calls[Number(id)];
    if (call !== undefined) Object.assign(call, result);
  }

  async holdUntil(_connectionId: string, until: Date | null, limit: 'minute' | 'day'): Promise<void> {
    this.held = until === null ? null : { until, limit };
  }

  async heldUntil(): Promise<Date | null> {
    return this.held?.until ?? null;
  }
}

/** A vault in memory with one authorization; its lock is a queue. */
export class MemoryVault implements TokenVault {
  state: 'active' | 'needs-reconnect' = 'active';
  refreshes = 0;
  #lock: Promise<unknown> = Promise.resolve();

  constructor(
    public tokens: XeroTokens,
    readonly app: XeroApp,
  ) {}

  async read() {
    return { tokens: this.tokens, app: this.app, state: this.state };
  }

  async underLock(
    _authorizationId: string,
    refresh: (current: { tokens: XeroTokens; app: XeroApp }) => Promise<XeroTokens>,
  ): Promise<XeroTokens> {
    const mine = this.#lock.then(async () => {
      const tokens = await refresh({ tokens: this.tokens, app: this.app });
      if (tokens !== this.tokens) this.refreshes += 1;
      this.tokens = tokens;
      return tokens;
    });
    this.#lock = mine.catch(() => undefined);
    return mine;
  }

  async markNeedsReconnect(): Promise<void> {
    await this.#lock;
    this.state = 'needs-reconnect';
  }
}
