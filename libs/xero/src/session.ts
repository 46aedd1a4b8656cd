import { type Lane, SyncError } from '@sync/domain';
import type { MemberResult, WriteCall, XeroPage, XeroReference, XeroSession } from '@sync/engine';
import { z } from 'zod';
import { authorizedCall } from './authorized-call.js';
import type { CallContext } from './call-xero.js';
import { ENDPOINTS, PAGE_SIZE, pathOf } from './endpoints.js';
import { openEnvelope, readRecords } from './envelope.js';
import { REFERENCE_RESOURCES, type ReferenceLists, readReference } from './read-reference.js';
import { memberResults, refusedMembers } from './results.js';
import { errorBodyOf, statusError } from './transport/classify.js';
import type { HttpAnswer } from './transport/exchange.js';

/** One tenant's Xero. The context's gate is closed with it. */
export function createSession(context: CallContext): XeroSession {
  const underWay = new Set<Promise<unknown>>();
  const tracked = async <T>(work: Promise<T>): Promise<T> => {
    underWay.add(work);
    try {
      return await work;
    } finally {
      underWay.delete(work);
    }
  };
  const end = (): void => context.gate.gate.close(context.signal.reason);
  context.signal.addEventListener('abort', end, { once: true });
  return {
    room: (lane) => context.gate.gate.room(lane),
    list: (request) => tracked(list(context, request)),
    write: (request) => tracked(write(context, request)),
    reference: () => tracked(reference(context)),
    close: async () => {
      context.signal.removeEventListener('abort', end);
      await Promise.allSettled(underWay);
      context.gate.gate.close(new SyncError('bug', 'A call was made on a session that is closed'));
    },
  };
}

async function list(
  context: CallContext,
  { entity, modifiedSince, page, lane }: Parameters<XeroSession['list']>[0],
): Promise<XeroPage> {
  const endpoint = ENDPOINTS[entity];
  const paging = endpoint.paged ? { page: String(page), pageSize: String(PAGE_SIZE) } : {};
  const since = endpoint.modifiedSince && modifiedSince !== null ? sinceHeader(modifiedSince) : {};
  const path = pathOf(endpoint.resource, { ...endpoint.listQuery, ...paging });
  const answer = await read(context, { path, headers: since, lane });
  // Undocumented, and said to mean that nothing was modified.
  if (answer.status === 304) return { records: [], more: false, answeredAt: context.clock.now() };
  const envelope = openEnvelope(answer, endpoint.resource, 'read');
  return {
    records: readRecords(entity, envelope.elements),
    more: endpoint.paged && hasMore(envelope.page, envelope.elements.length),
    answeredAt: envelope.answeredAt ?? context.clock.now(),
  };
}

function hasMore(page: { page: number; pageCount: number } | null, count: number): boolean {
  return page === null ? count >= PAGE_SIZE : page.page < page.pageCount;
}

/** The documented form has neither fractions nor a zone. */
function sinceHeader(moment: Date): Record<string, string> {
  return { 'if-modified-since': moment.toISOString().slice(0, 19) };
}

async function read(
  context: CallContext,
  { path, headers, lane }: { path: string; headers: Readonly<Record<string, string>>; lane: Lane },
): Promise<HttpAnswer> {
  const answer = await authorizedCall(context, {
    intent: 'read',
    method: 'GET',
    path,
    body: null,
    headers,
    lane,
  });
  if (answer.status === 200 || answer.status === 304) return answer;
  throw statusError(answer, 'read', path.split('?')[0] ?? path);
}

async function write(
  context: CallContext,
  { call, members, lane, beforeSending }: Parameters<XeroSession['write']>[0],
): Promise<MemberResult[]> {
  const { resource } = ENDPOINTS[call.entity];
  const { method, path, body, idempotencyKey } = call;
  const headers = idempotencyKey === null ? {} : { 'idempotency-key': idempotencyKey };
  const request = { intent: 'write' as const, method, path, body, headers, lane, beforeSending };
  const answer = await authorizedCall(context, request);
  const batch = { entity: call.entity, members, sent: sentElements(call, resource) };
  if (answer.status === 400) return refusedBatch(batch, answer, path);
  if (answer.status !== 200) throw statusError(answer, 'write', path.split('?')[0] ?? path);
  return memberResults(batch, openEnvelope(answer, resource, 'write').elements);
}

/** With `summarizeErrors=false` there should be no 400; if its elements have their errors, those are the results. */
function refusedBatch(
  batch: Parameters<typeof memberResults>[0],
  answer: HttpAnswer,
  path: string,
): MemberResult[] {
  const body = errorBodyOf(answer);
  if (body?.Type !== 'ValidationException' || !body.Elements?.length) {
    throw statusError(answer, 'write', path.split('?')[0] ?? path);
  }
  return refusedMembers(batch, body.Elements);
}

function sentElements({ body }: WriteCall, resource: string): unknown[] {
  const parsed = z.record(z.string(), z.array(z.unknown())).parse(JSON.parse(body));
  return parsed[resource] ?? [];
}

async function reference(context: CallContext): Promise<XeroReference> {
  const entries = Object.entries(REFERENCE_RESOURCES).map(async ([path, resource]) => {
    const answer = await read(context, { path: `/${path}`, headers: {}, lane: 'event' });
    return [path, openEnvelope(answer, resource, 'read').elements];
  });
  const lists = Object.fromEntries(await Promise.all(entries)) as ReferenceLists;
  return readReference(lists);
}
