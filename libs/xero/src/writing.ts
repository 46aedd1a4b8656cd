import { type BatchMember, type MemberResult, NO_KEYS, type WriteCall, type XeroSession } from '@sync/engine';
import { z } from 'zod';
import { fromPath, repliedList } from './addresses.js';
import { authorizedCall } from './authorized-call.js';
import type { CallContext } from './call-xero.js';
import { openEnvelope } from './envelope.js';
import { memberResults, refusedMembers, type SentBatch } from './results.js';
import { errorBodyOf, statusError } from './transport/classify.js';
import type { HttpAnswer } from './transport/exchange.js';

/** Makes a writing call and says what became of each member. */
export async function write(
  context: CallContext,
  { call, members, lane, beforeSending }: Parameters<XeroSession['write']>[0],
): Promise<MemberResult[]> {
  const { method, path, idempotencyKey } = call;
  const headers = idempotencyKey === null ? {} : { 'idempotency-key': idempotencyKey };
  const body = call.body === '' ? null : call.body;
  const request = { intent: 'write' as const, method, path, body, headers, lane, beforeSending };
  const answer = await authorizedCall(context, request);
  if (method === 'DELETE' && isGone(answer)) return members.map(removed);
  const batch = { entity: call.entity, members, sent: sentElements(call) };
  if (answer.status === 400) return refusedBatch(batch, answer, call);
  if (answer.status !== 200) throw statusError(answer, 'write', barePath(call));
  const { elements } = openEnvelope(answer, repliedList(call.entity), 'write');
  return memberResults(batch, fromPath(path, elements));
}

/** What is not there any more is what was wanted. */
function isGone({ status }: HttpAnswer): boolean {
  return status === 200 || status === 204 || status === 404;
}

/** The answer to a removal shows no record. */
function removed({ bindingId, xeroId }: BatchMember): MemberResult {
  const derived = { status: 'deleted' as const };
  const record = { xeroId: xeroId ?? '', keys: NO_KEYS, owned: {}, derived, updatedAt: null };
  return { bindingId, state: 'accepted', record, warnings: [] };
}

/** With `summarizeErrors=false` there should be no 400; if its elements have their errors, those are the results. */
function refusedBatch(batch: SentBatch, answer: HttpAnswer, call: WriteCall): MemberResult[] {
  const body = errorBodyOf(answer);
  if (body?.Type !== 'ValidationException' || !body.Elements?.length) {
    throw statusError(answer, 'write', barePath(call));
  }
  return refusedMembers(batch, fromPath(call.path, body.Elements));
}

function sentElements({ entity, path, body }: WriteCall): readonly unknown[] {
  if (body === '') return [];
  const parsed = z.record(z.string(), z.unknown()).parse(JSON.parse(body));
  const list = z.array(z.unknown()).safeParse(parsed[repliedList(entity)]);
  return fromPath(path, list.data ?? []);
}

function barePath({ path }: WriteCall): string {
  return path.split('?')[0] ?? path;
}
