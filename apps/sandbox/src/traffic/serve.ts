import type { Request, Response } from 'express';
import type { Sandbox } from '../sandbox.js';
import { html, problem, type Reply } from '../wire/reply.js';
import { newId } from '../books/ids.js';
import { type Visit, visitOf } from './answer.js';
import type { LoggedCall } from './call-log.js';
import type { FaultRule } from './faults.js';
import { type LimitName, tooMany } from './limits.js';
import { header, type XeroRequest } from './xero-request.js';

/** How an answer goes out, or does not. */
interface Delivery {
  readonly reply: Reply;
  readonly delayMs: number;
  readonly manner: 'whole' | 'cut' | 'reset' | 'never';
}

const NEVER_MS = 120_000;

/** Serves everything that stands in for Xero: counts, limits, faults, answers, delays, logs. */
export function serveXero(sandbox: Sandbox, request: Request, response: Response): void {
  const received = receive(request);
  const visit = visitOf(sandbox, received);
  const fault = sandbox.faults.strike({
    method: received.method,
    path: received.path,
    tenantId: visit.tenantId,
  });
  const call = sandbox.log.add(entryOf(sandbox, received, visit, fault));
  const { clientId, tenantId, counted } = visit;
  const admission = counted && clientId && tenantId ? sandbox.gate.admit(clientId, tenantId) : null;
  const close = (bytesOut: number): void => {
    admission?.close();
    call.endedAt = sandbox.clock.now();
    call.bytesOut = bytesOut;
  };
  const delivery = admission?.refusal
    ? { reply: admission.refusal, delayMs: 0, manner: 'whole' as const }
    : deliveryOf(sandbox, received, visit, fault);
  call.status = delivery.manner === 'whole' || delivery.manner === 'cut' ? delivery.reply.status : null;
  deliver({ sandbox, response, delivery, headers: admission?.headers ?? {}, close });
}

function receive(request: Request): XeroRequest {
  const [path, query] = splitOnce(request.originalUrl, '?');
  const body: unknown = request.body;
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  return {
    method: request.method,
    path,
    query,
    headers: request.headers,
    body: bytes.toString(),
    bytesIn: bytes.length,
  };
}

function splitOnce(text: string, sign: string): [string, string] {
  const at = text.indexOf(sign);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

function entryOf(
  { clock }: Sandbox,
  request: XeroRequest,
  visit: Visit,
  fault: FaultRule | null,
): LoggedCall {
  return {
    at: clock.now(),
    method: request.method,
    path: request.path,
    query: request.query,
    status: null,
    endedAt: null,
    tenantId: visit.tenantId,
    clientId: visit.clientId,
    idempotencyKey: header(request, 'idempotency-key') ?? null,
    bytesIn: request.bytesIn,
    bytesOut: 0,
    fault: fault?.kind ?? null,
  };
}

function deliveryOf(sandbox: Sandbox, request: XeroRequest, visit: Visit, fault: FaultRule | null): Delivery {
  const latency = visit.counted ? sandbox.gate.current().latencyMs : 0;
  const whole = (reply: Reply, delayMs = latency): Delivery => ({ reply, delayMs, manner: 'whole' });
  const answer = (override?: Reply): Reply => remembered(sandbox, request, visit, override);
  switch (fault?.kind) {
    case '429-minute':
    case '429-day':
    case '429-concurrent':
    case '429-appminute':
      return whole(limitFault(fault.kind), 0);
    case '500-before-commit':
      return whole(fault.remembered ? answer(broken()) : broken());
    case 'reset':
      return { reply: broken(), delayMs: 0, manner: 'reset' };
    case '500-after-commit':
      answer();
      return whole(fault.remembered ? remember(sandbox, request, visit, broken()) : broken());
    case 'timeout-after-commit':
      return { reply: answer(), delayMs: fault.ms ?? NEVER_MS, manner: 'never' };
    case 'reset-after-commit':
      return { reply: answer(), delayMs: latency, manner: 'reset' };
    case 'truncated-body':
      return { reply: answer(), delayMs: latency, manner: 'cut' };
    case 'html-200':
      answer();
      return whole(
        html(200, '<!doctype html><html><body><h1>Service temporarily unavailable</h1></body></html>'),
      );
    case 'slow':
      return whole(answer(), latency + (fault.ms ?? 5000));
    default:
      return whole(answer());
  }
}

const broken = (): Reply =>
  problem(500, 'An error occurred', 'An error occurred in the sandbox, as it was told to.');

const retryAfter: Readonly<Record<LimitName, number | undefined>> = {
  concurrent: undefined,
  minute: 30,
  day: 3600,
  appminute: 30,
};

function limitFault(kind: `429-${LimitName}`): Reply {
  const name = kind.slice(4) as LimitName;
  return tooMany(name, retryAfter[name]);
}

// Writes with a key are answered from memory when they come again; `override` stands for an answer that broke on the way.
function remembered(sandbox: Sandbox, request: XeroRequest, visit: Visit, override?: Reply): Reply {
  const keyed = keyedOf(request, visit);
  const known = keyed && sandbox.idempotency.recall(keyed);
  if (known) return known;
  return remember(sandbox, request, visit, override ?? visit.answer());
}

function remember(sandbox: Sandbox, request: XeroRequest, visit: Visit, reply: Reply): Reply {
  const keyed = keyedOf(request, visit);
  if (keyed && !sandbox.faults.forgetsKeys()) sandbox.idempotency.remember(keyed, reply);
  return reply;
}

function keyedOf(request: XeroRequest, { clientId, tenantId }: Visit) {
  const key = header(request, 'idempotency-key');
  const writes = request.method === 'PUT' || request.method === 'POST' || request.method === 'PATCH';
  if (!key || !writes || clientId === null || tenantId === null) return null;
  const { method, path, query, body } = request;
  return { clientId, key, method, url: `${path}?${query}`, tenantId, body };
}

interface Outgoing {
  readonly sandbox: Sandbox;
  readonly response: Response;
  readonly delivery: Delivery;
  readonly headers: Readonly<Record<string, string>>;
  /** Ends the call in the books of traffic; with the bytes that went out. */
  readonly close: (bytesOut: number) => void;
}

// The call stays open for as long as Xero would work on it, even when the client has gone meanwhile.
function deliver(outgoing: Outgoing): void {
  const { delivery, response, close } = outgoing;
  if (delivery.delayMs === 0) return send(outgoing);
  const timer = setTimeout(() => send(outgoing), delivery.delayMs).unref();
  if (delivery.manner !== 'never') return;
  response.once('close', () => {
    clearTimeout(timer);
    close(0);
  });
}

function send({ sandbox, response, delivery, headers, close }: Outgoing): void {
  const { reply, manner } = delivery;
  if (manner === 'reset' || manner === 'never') {
    close(0);
    response.socket?.destroy();
    return;
  }
  const bytes = Buffer.from(reply.body);
  const sent = manner === 'cut' ? bytes.subarray(0, Math.floor(bytes.length / 2)) : bytes;
  close(sent.length);
  if (response.destroyed) return;
  response.sendDate = false;
  response.status(reply.status).set({
    Date: new Date(sandbox.clock.now()).toUTCString(),
    'Xero-Correlation-Id': newId(),
    ...headers,
    ...reply.headers,
    ...(reply.status !== 204 && { 'Content-Length': String(sent.length) }),
  });
  response.end(sent);
}
