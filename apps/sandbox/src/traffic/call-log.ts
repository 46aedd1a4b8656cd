/** One call as the sandbox saw it. Times are ms of sandbox time. */
export interface LoggedCall {
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly query: string;
  status: number | null;
  endedAt: number | null;
  readonly tenantId: string | null;
  readonly clientId: string | null;
  readonly idempotencyKey: string | null;
  readonly bytesIn: number;
  bytesOut: number;
  /** The fault that hit it, if one did. */
  fault: string | null;
}

/** The calls of one tenant, counted. */
export interface CallStats {
  readonly tenantId: string | null;
  readonly calls: number;
  readonly writes: number;
  /** The most calls that arrived within any 60 s. */
  readonly maxInMinute: number;
  /** The most calls that were open at the same time. */
  readonly maxOpen: number;
  /** How many were answered 429. */
  readonly refused: number;
}

const MOST = 500_000;

/** Remembers the calls of this process, oldest first; the oldest fall out after half a million. */
export class CallLog {
  private calls: LoggedCall[] = [];

  add(call: LoggedCall): LoggedCall {
    if (this.calls.length >= MOST) this.calls.splice(0, MOST / 10);
    this.calls.push(call);
    return call;
  }

  clear(): void {
    this.calls = [];
  }

  list(tenantId: string | null, since: number): LoggedCall[] {
    return this.calls.filter((call) => call.at >= since && (tenantId === null || call.tenantId === tenantId));
  }

  /** The figures per tenant of the calls under `/api.xro/2.0`. */
  stats(): CallStats[] {
    const tenants = new Map<string | null, LoggedCall[]>();
    for (const call of this.calls) {
      if (!call.path.startsWith('/api.xro/2.0')) continue;
      const calls = tenants.get(call.tenantId) ?? [];
      tenants.set(call.tenantId, calls);
      calls.push(call);
    }
    return [...tenants].map(([tenantId, calls]) => statsOf(tenantId, calls));
  }
}

function statsOf(tenantId: string | null, calls: readonly LoggedCall[]): CallStats {
  return {
    tenantId,
    calls: calls.length,
    writes: calls.filter(({ method }) => method !== 'GET').length,
    maxInMinute: mostWithin(
      calls.map(({ at }) => at),
      60_000,
    ),
    maxOpen: mostOpen(calls),
    refused: calls.filter(({ status }) => status === 429).length,
  };
}

/** The most of these times (ascending, ms) that lie within any span of this length, ends included. */
export function mostWithin(times: readonly number[], span: number): number {
  let from = 0;
  let most = 0;
  for (const [at, time] of times.entries()) {
    while ((times[from] ?? time) < time - span) from++;
    most = Math.max(most, at - from + 1);
  }
  return most;
}

// A call that ends in the ms in which another starts was not open beside it.
function mostOpen(calls: readonly LoggedCall[]): number {
  const events = calls.flatMap(({ at, endedAt }) => [
    { at, step: 1 },
    { at: endedAt ?? Number.POSITIVE_INFINITY, step: -1 },
  ]);
  events.sort((a, b) => (a.at === b.at ? a.step - b.step : a.at - b.at));
  let open = 0;
  let most = 0;
  for (const { step } of events) most = Math.max(most, (open += step));
  return most;
}
