import { resourceOf, type SandboxControl } from './sandbox-control.js';

const MINUTE_MS = 60_000;

/** A call with its times in milliseconds, as the sandbox saw it. */
export interface TimedCall {
  at: number;
  /** Null: not answered yet. */
  endedAt: number | null;
  method: string;
  path: string;
  status: number | null;
}

/** What the sandbox counted for its tenant. */
export interface SeenTraffic {
  calls: number;
  maxInMinute: number;
  maxOpen: number;
  refused: number;
}

/** Calls under `/api.xro/2.0` since a moment (milliseconds). */
export async function timedCalls(sandbox: SandboxControl, since = 0): Promise<TimedCall[]> {
  const calls = await sandbox.get<TimedCall[]>(`calls?since=${since}`);
  return calls.filter(({ path }) => path.startsWith('/api.xro/2.0'));
}

/** The most calls in any 60 s, the most open at once, and how many were answered 429. */
export async function seenTraffic(sandbox: SandboxControl): Promise<SeenTraffic> {
  const { tenants } = await sandbox.get<{ tenants: (SeenTraffic & { tenantId: string | null })[] }>('stats');
  const seen = tenants.filter(({ tenantId }) => tenantId !== null);
  if (seen.length !== 1 || !seen[0]) throw new Error(`calls of one tenant were expected, not ${seen.length}`);
  return seen[0];
}

/** Calls in each full minute from the first writing call on; the first and the last minute are left out. */
export function callsPerMinute(calls: readonly TimedCall[]): number[] {
  const first = calls.find(({ method }) => method !== 'GET')?.at ?? 0;
  const counts: number[] = [];
  for (const { at } of calls.filter((call) => call.at >= first)) {
    const minute = Math.floor((at - first) / MINUTE_MS);
    counts[minute] = (counts[minute] ?? 0) + 1;
  }
  return Array.from(counts, (count) => count ?? 0).slice(1, -1);
}

/** One line a call: seconds since the first, how long it took, what it was. To find out where a minute went. */
export function callTable(calls: readonly TimedCall[]): string {
  const first = calls[0]?.at ?? 0;
  const seconds = (ms: number): string => (ms / 1000).toFixed(2);
  return calls
    .map((call) => {
      const took = call.endedAt === null ? '-' : seconds(call.endedAt - call.at);
      return [seconds(call.at - first), took, call.method, resourceOf(call), call.status].join('\t');
    })
    .join('\n');
}
