import { type Entity, type Lane, SyncError } from '@sync/domain';
import type { XeroPage, XeroRecord, XeroSession } from '@sync/engine';
import { z } from 'zod';
import { authorizedCall } from './authorized-call.js';
import type { CallContext } from './call-xero.js';
import { CODECS } from './codecs/index.js';
import { wireMoment } from './codecs/wire-values.js';
import { ENDPOINTS, listedWith, PAGE_SIZE, pathOf } from './endpoints.js';
import { type Envelope, openEnvelope, readRecords } from './envelope.js';
import { statusError } from './transport/classify.js';
import type { HttpAnswer } from './transport/exchange.js';

/** Xero's own advice for a list of ids. */
const MOST_IDS = 40;

/** A page of a listing. */
export async function list(
  context: CallContext,
  { entity, modifiedSince, page, lane }: Parameters<XeroSession['list']>[0],
): Promise<XeroPage> {
  const { resource, listQuery, paged, modifiedSince: narrows } = ENDPOINTS[entity];
  const paging = paged ? { page: String(page), pageSize: String(PAGE_SIZE) } : {};
  const headers = narrows && modifiedSince !== null ? sinceHeader(modifiedSince) : {};
  const path = pathOf(resource, { ...listQuery, ...paging });
  const answer = await get(context, { path, headers, lane });
  // Undocumented, and said to mean that nothing was modified.
  if (answer.status === 304) return pageOf(context, entity, nothing);
  const envelope = openEnvelope(answer, resource, 'read');
  return { ...pageOf(context, entity, envelope), more: paged && hasMore(envelope) };
}

/** Records by their ids. */
export async function readByIds(
  context: CallContext,
  { entity, ids, lane }: Parameters<XeroSession['read']>[0],
): Promise<XeroPage> {
  if (ids.length === 0) return pageOf(context, entity, nothing);
  // What is quoted into a filter must not end the quotes.
  if (ids.length > MOST_IDS || ids.some((id) => !/^[\w-]+$/.test(id))) {
    throw new SyncError('bug', `Xero cannot be asked for ${ids.length} ${entity} by such ids`);
  }
  const { resource } = ENDPOINTS[entity];
  const answers = await Promise.all(
    pathsByIds(entity, ids).map(async (path) => {
      const answer = await getIfThere(context, { path, headers: {}, lane });
      return answer ? openEnvelope(answer, resource, 'read') : nothing;
    }),
  );
  const elements = answers.flatMap((envelope) => envelope.elements);
  const answeredAt = answers.find((envelope) => envelope.answeredAt !== null)?.answeredAt ?? null;
  return pageOf(context, entity, { elements, page: null, answeredAt });
}

/** Where records are read by these ids. */
export function pathsByIds(entity: Entity, ids: readonly string[]): string[] {
  const { resource, byIds, listQuery, paged } = ENDPOINTS[entity];
  if (byIds === 'each') return ids.map((id) => `/${resource}/${id}`);
  const paging = paged ? { page: '1', pageSize: '100' } : {};
  if (byIds === 'IDs') return [pathOf(resource, { ...listQuery, ...paging, IDs: ids.join(',') })];
  const quoted = (id: string) => (byIds.guid ? `Guid("${id}")` : `"${id}"`);
  const where = ids.map((id) => `${byIds.field}==${quoted(id)}`).join(' OR ');
  return [pathOf(resource, { ...listQuery, ...paging, where })];
}

const nothing: Envelope = { elements: [], page: null, answeredAt: null };

function pageOf(context: CallContext, entity: Entity, { elements, answeredAt }: Envelope): XeroPage {
  const [, ...others] = listedWith(entity);
  const records = recordsOf(entity, elements);
  return {
    records,
    others: new Map(
      others.map((other) => [other, CODECS[other] === CODECS[entity] ? records : recordsOf(other, elements)]),
    ),
    wholeOf: new Map(listedWith(entity).map((one) => [one, wholeOf(one, elements)])),
    more: false,
    changedUpTo: changed.parse(elements.at(-1) ?? {}).UpdatedDateUTC,
    answeredAt: answeredAt ?? context.clock.now(),
  };
}

const changed = z.object({ UpdatedDateUTC: wireMoment });

function recordsOf(entity: Entity, elements: readonly unknown[]): XeroRecord[] {
  const { within } = ENDPOINTS[entity];
  return readRecords(entity, within ? elements.flatMap((element) => within(element).elements) : elements);
}

function wholeOf(entity: Entity, elements: readonly unknown[]): string[] {
  const { within } = ENDPOINTS[entity];
  return within ? elements.flatMap((element) => within(element).wholeOf ?? []) : [];
}

function hasMore({ page, elements }: Envelope): boolean {
  return page === null ? elements.length >= PAGE_SIZE : page.page < page.pageCount;
}

/** The documented form has neither fractions nor a zone. */
function sinceHeader(moment: Date): Record<string, string> {
  return { 'if-modified-since': moment.toISOString().slice(0, 19) };
}

interface Get {
  path: string;
  headers: Readonly<Record<string, string>>;
  lane: Lane;
}

/** Reads from Xero; any answer but a good one throws. */
export async function get(context: CallContext, request: Get): Promise<HttpAnswer> {
  const { path } = request;
  const answer = await authorizedCall(context, { intent: 'read', method: 'GET', body: null, ...request });
  if (answer.status === 200 || answer.status === 304) return answer;
  throw statusError(answer, 'read', path.split('?')[0] ?? path);
}

async function getIfThere(context: CallContext, request: Get): Promise<HttpAnswer | null> {
  try {
    return await get(context, request);
  } catch (error) {
    if (error instanceof SyncError && error.kind === 'not-found') return null;
    throw error;
  }
}
