import { type Clock, type Lane, SyncError } from '@sync/domain';
import type { CallLog, XeroConnection } from '@sync/engine';
import type { CallsLeft, Permit } from './gate/gate-ledger.js';
import type { OpenGate } from './gate/open-gate.js';
import type { TokenSource } from './oauth/token-source.js';
import type { XeroLog, XeroMetrics } from './observers.js';
import { correlation, type Intent, unansweredError } from './transport/classify.js';
import { exchange, type HttpAnswer } from './transport/exchange.js';

/** How long a call may take in all, in milliseconds. */
const DEADLINE_MS: Readonly<Record<Intent, number>> = { read: 30_000, write: 60_000 };
/** A sending that was put off longer than this after it was logged is logged anew, in milliseconds. */
const STALE_LOG_MS = 500;
/** Xero names no time for its limit of calls at once. */
const HOLD_WITHOUT_ADVICE_MS = { concurrent: 2_000, minute: 60_000, day: 3_600_000 } as const;

/** What the calls of one session share. */
export interface CallContext {
  connection: XeroConnection;
  apiUrl: string;
  callLog: CallLog;
  tokens: TokenSource;
  clock: Clock;
  log: XeroLog | undefined;
  metrics: XeroMetrics | undefined;
  gate: OpenGate;
  /** Throws when the lease is lost. */
  stillHeld: () => void;
  /** Ends waits and reads; a write under way is left to its deadline, so that its outcome is learnt if it can be. */
  signal: AbortSignal;
}

/** A call below `/api.xro/2.0`. */
export interface XeroCall {
  intent: Intent;
  method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  path: string;
  body: string | null;
  headers: Readonly<Record<string, string>>;
  lane: Lane;
  /** Runs before the first byte leaves. */
  beforeSending?: () => Promise<void>;
}

/** Makes a call and returns its answer, whatever its status; 429 throws. The next call waits for its turn, too. */
export async function callXero(context: CallContext, call: XeroCall, token: string): Promise<HttpAnswer> {
  const askedAt = context.clock.now().getTime();
  const permit = await context.gate.gate.enter(call.lane);
  const sending = await prepared(context, call, permit);
  const observe = (status: number | null): void => observed(context, call, { askedAt, sending, status });
  try {
    const answer = await exchange(httpCall(context, call, token));
    permit.learn(callsLeft(answer), context.clock.now().getTime());
    await finished(context, sending.id, answer);
    observe(answer.status);
    if (answer.status === 429) throw await rateLimited(context, call, answer);
    return answer;
  } catch (error) {
    if (error instanceof SyncError) throw error;
    observe(null);
    await finished(context, sending.id, null);
    throw unansweredError(error, call.intent, pathname(call));
  } finally {
    permit.done();
    context.gate.gate.look();
  }
}

interface Sending {
  id: string;
  sentAt: number;
}

/** Everything that must be true before the first byte leaves; if any of it throws, nothing is sent. */
async function prepared(context: CallContext, call: XeroCall, permit: Permit): Promise<Sending> {
  try {
    context.stillHeld();
    const logged = await started(context, call);
    await call.beforeSending?.();
    context.stillHeld();
    const sending = await notStale(context, call, logged);
    permit.sent(context.clock.now().getTime(), sending.sentAt + DEADLINE_MS[call.intent]);
    return sending;
  } catch (error) {
    permit.cancel();
    context.gate.gate.look();
    throw error;
  }
}

async function started({ callLog, clock, connection }: CallContext, call: XeroCall): Promise<Sending> {
  const sentAt = clock.now();
  const deadlineAt = new Date(sentAt.getTime() + DEADLINE_MS[call.intent]);
  const { method, lane } = call;
  const id = await callLog.started({
    connectionId: connection.id,
    method,
    path: pathname(call),
    lane,
    sentAt,
    deadlineAt,
  });
  return { id, sentAt: sentAt.getTime() };
}

/** The next holder of the lease counts by the logged times, so they must be those of the bytes. */
async function notStale(context: CallContext, call: XeroCall, logged: Sending): Promise<Sending> {
  if (context.clock.now().getTime() - logged.sentAt <= STALE_LOG_MS) return logged;
  await finished(context, logged.id, null);
  return started(context, call);
}

/** A call whose end is not logged counts as open until its deadline; what it brought must not be lost for that. */
async function finished(context: CallContext, id: string, answer: HttpAnswer | null): Promise<void> {
  const { callLog, clock, log, connection } = context;
  const correlationId = answer === null ? null : (correlation(answer).correlationId ?? null);
  try {
    await callLog.finished(id, { finishedAt: clock.now(), status: answer?.status ?? null, correlationId });
  } catch (error) {
    log?.warn(
      { err: error, connectionId: connection.id, callId: id },
      'The end of a call could not be logged',
    );
  }
}

function httpCall(context: CallContext, call: XeroCall, token: string) {
  return {
    method: call.method,
    url: `${context.apiUrl}/api.xro/2.0${call.path}`,
    headers: {
      authorization: `Bearer ${token}`,
      'xero-tenant-id': context.connection.tenantId,
      accept: 'application/json',
      ...(call.body !== null && { 'content-type': 'application/json' }),
      ...call.headers,
    },
    body: call.body,
    deadlineMs: DEADLINE_MS[call.intent],
    ...(call.intent === 'read' && { signal: context.signal }),
  };
}

/** The gate should not have let it come to this: obeyed to the second, and reported as a defect. */
async function rateLimited(context: CallContext, call: XeroCall, answer: HttpAnswer): Promise<SyncError> {
  const { connection, callLog, clock, log, gate } = context;
  const problem = (answer.headers['x-rate-limit-problem'] ?? 'minute').toLowerCase();
  const kind = problem.startsWith('concurrent') ? 'concurrent' : problem === 'day' ? 'day' : 'minute';
  const seconds = Number(answer.headers['retry-after'] ?? Number.NaN);
  const waitMs = Number.isFinite(seconds) ? seconds * 1000 : HOLD_WITHOUT_ADVICE_MS[kind];
  const until = new Date(clock.now().getTime() + waitMs);
  const limit = kind === 'day' ? 'day' : 'minute';
  gate.ledger.hold(until.getTime(), limit);
  log?.error(
    { connectionId: connection.id, problem, until, lane: call.lane },
    'Xero answered 429: the gate failed',
  );
  await callLog.holdUntil(connection.id, until, limit);
  return new SyncError('rate-limited', `Xero's ${kind} limit is used up`, {
    retryAt: until,
    ...(kind === 'day' && { code: 'XERO_DAY_LIMIT' as const, meta: { until: until.toISOString() } }),
  });
}

function callsLeft({ headers }: HttpAnswer): CallsLeft {
  const count = (name: string): number | null => {
    const value = Number.parseInt(headers[name] ?? '', 10);
    return Number.isNaN(value) ? null : value;
  };
  return {
    minute: count('x-minlimit-remaining'),
    day: count('x-daylimit-remaining'),
    app: count('x-appminlimit-remaining'),
  };
}

function observed(
  { metrics, clock, connection }: CallContext,
  call: XeroCall,
  { askedAt, sending, status }: { askedAt: number; sending: Sending; status: number | null },
): void {
  metrics?.called({
    connectionId: connection.id,
    method: call.method,
    resource: pathname(call).slice(1),
    lane: call.lane,
    status,
    waitedMs: sending.sentAt - askedAt,
    tookMs: clock.now().getTime() - sending.sentAt,
  });
}

function pathname({ path }: XeroCall): string {
  return path.split('?')[0] ?? path;
}
