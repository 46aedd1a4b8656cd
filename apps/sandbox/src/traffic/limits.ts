import type { SandboxClock } from '../clock.js';
import { empty, type Reply } from '../wire/reply.js';

/** The limits in force; `latencyMs` is how long every answer takes longer. */
export interface Limits {
  readonly enabled: boolean;
  readonly minute: number;
  readonly concurrent: number;
  readonly day: number;
  readonly appMinute: number;
  readonly latencyMs: number;
}

/** Xero's limits, switched off. */
export const defaultLimits: Limits = {
  enabled: false,
  minute: 60,
  concurrent: 5,
  day: 5000,
  appMinute: 10_000,
  latencyMs: 0,
};

/** The names that Xero gives its limits in `X-Rate-Limit-Problem`. */
export type LimitName = 'concurrent' | 'minute' | 'day' | 'appminute';

/** A call that was let in, to be closed when it is answered. */
export interface Admission {
  /** The refusal, or null when the call may go on. */
  readonly refusal: Reply | null;
  readonly headers: Readonly<Record<string, string>>;
  close(): void;
}

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** Counts calls per app and tenant over sliding windows of sandbox time; refused calls are not counted. */
export class LimitGate {
  private limits = defaultLimits;
  private readonly arrivals = new Map<string, number[]>();
  private readonly open = new Map<string, number>();

  constructor(private readonly clock: SandboxClock) {}

  current(): Limits {
    return this.limits;
  }

  set(limits: Partial<Limits>): Limits {
    this.limits = { ...this.limits, ...limits };
    return this.limits;
  }

  reset(): void {
    this.limits = defaultLimits;
    this.arrivals.clear();
  }

  /** Lets a call in or refuses it. */
  admit(clientId: string, tenantId: string): Admission {
    const key = `${clientId}/${tenantId}`;
    const refusal = this.limits.enabled ? this.refusalOf(key, clientId) : null;
    if (refusal) return { refusal, headers: this.remaining(key, clientId), close: () => {} };
    for (const name of [key, clientId]) this.times(name).push(this.clock.now());
    this.open.set(key, (this.open.get(key) ?? 0) + 1);
    const close = once(() => this.open.set(key, (this.open.get(key) ?? 1) - 1));
    return { refusal: null, headers: this.remaining(key, clientId), close };
  }

  private refusalOf(key: string, clientId: string): Reply | null {
    const { concurrent, minute, day, appMinute } = this.limits;
    if ((this.open.get(key) ?? 0) >= concurrent) return tooMany('concurrent');
    return (
      this.windowRefusal('minute', key, { span: MINUTE, most: minute }) ??
      this.windowRefusal('day', key, { span: DAY, most: day }) ??
      this.windowRefusal('appminute', clientId, { span: MINUTE, most: appMinute })
    );
  }

  private windowRefusal(
    name: LimitName,
    key: string,
    { span, most }: { span: number; most: number },
  ): Reply | null {
    const times = this.within(key, span);
    if (times.length < most) return null;
    const frees = (times[times.length - most] ?? this.clock.now()) + span;
    return tooMany(name, Math.max(1, Math.ceil((frees - this.clock.now()) / 1000)));
  }

  // While limits are off nothing is used up, so that a client that trusts these headers is not slowed.
  private remaining(key: string, clientId: string): Record<string, string> {
    const { enabled, minute, day, appMinute } = this.limits;
    const left = (most: number, name: string, span: number): string =>
      String(enabled ? Math.max(0, most - this.within(name, span).length) : most);
    return {
      'X-MinLimit-Remaining': left(minute, key, MINUTE),
      'X-DayLimit-Remaining': left(day, key, DAY),
      'X-AppMinLimit-Remaining': left(appMinute, clientId, MINUTE),
    };
  }

  private within(key: string, span: number): number[] {
    const times = this.times(key);
    const from = this.clock.now() - span;
    // Times ascend: look from the end for the first that is still inside.
    let start = times.length;
    while (start > 0 && (times[start - 1] ?? 0) > from) start--;
    return times.slice(start);
  }

  private times(key: string): number[] {
    let times = this.arrivals.get(key);
    if (!times) this.arrivals.set(key, (times = []));
    const first = times[0];
    if (first !== undefined && times.length % 1000 === 0 && first <= this.clock.now() - DAY) {
      times.splice(
        0,
        times.findIndex((time) => time > this.clock.now() - DAY),
      );
    }
    return times;
  }
}

/** Xero's 429: no body; when to come again is told for all but the limit on open calls. */
export function tooMany(name: LimitName, retryAfter?: number): Reply {
  return empty(429, {
    'X-Rate-Limit-Problem': name,
    ...(retryAfter !== undefined && { 'Retry-After': String(retryAfter) }),
  });
}

function once(work: () => void): () => void {
  let done = false;
  return () => {
    if (!done) work();
    done = true;
  };
}
