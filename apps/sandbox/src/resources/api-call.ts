import type { Books, Tenant } from '../books/books.js';
import type { App } from '../books/records.js';
import type { SandboxClock } from '../clock.js';
import type { RuleContext } from '../rules/context.js';
import { BadBody } from '../wire/refusal.js';
import { newId } from '../books/ids.js';
import { json, type Reply } from '../wire/reply.js';
import { readInstant, wireNow } from '../wire/values.js';

/** A call under `/api.xro/2.0` that is allowed in. */
export interface ApiCall {
  readonly method: string;
  /** Path segments after `/api.xro/2.0/`, decoded. */
  readonly segments: readonly string[];
  readonly query: URLSearchParams;
  /** Header names in lower case. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: string;
  readonly app: App;
  readonly tenant: Tenant;
  readonly books: Books;
  readonly clock: SandboxClock;
}

/** One resource of the API: what it does with each verb; a verb that is missing answers 501. */
export interface Resource {
  /** The granular scopes that open it; reading is also open to their `.read` forms. */
  readonly scopes: readonly string[];
  readonly get?: (call: ApiCall) => Reply;
  readonly put?: (call: ApiCall) => Reply;
  readonly post?: (call: ApiCall) => Reply;
  readonly delete?: (call: ApiCall) => Reply;
  /** What lies below one record (`/CreditNotes/{id}/Allocations`), by its name in lower case. */
  readonly below?: Readonly<Record<string, Omit<Resource, 'scopes' | 'below'>>>;
}

/** The rules' view of a call. */
export function rulesOf(call: ApiCall): RuleContext {
  const { books, tenant, clock, query } = call;
  return { books, tenant, clock, unitDigits: query.get('unitdp') === '4' ? 4 : 2 };
}

/** The envelope of every answer. */
export function envelope(call: ApiCall, fields: Readonly<Record<string, unknown>>): Reply {
  return json(200, {
    Id: newId(),
    Status: 'OK',
    ProviderName: call.app.name,
    DateTimeUTC: wireNow(call.clock.now()),
    ...fields,
  });
}

/** `If-Modified-Since` in ms, to the second; null when it was not sent or cannot be read. */
export function modifiedSince(call: ApiCall): number | null {
  const sent = call.headers['if-modified-since'];
  const instant = sent === undefined ? null : readInstant(sent);
  return instant === null ? null : Math.floor(instant / 1000) * 1000;
}

/** The elements of a body: a list under the resource's name, a bare list, or one bare element. */
export function elementsOf(call: ApiCall, name: string): Record<string, unknown>[] {
  const body = parse(call.body);
  const named = isObject(body) ? (body[name] ?? body) : body;
  const elements: unknown[] = Array.isArray(named) ? named : [named];
  if (elements.length === 0 || !elements.every(isFilled))
    throw new BadBody('No data was found in the request');
  return elements.filter(isObject);
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch (cause) {
    throw new BadBody('JSON for post data was invalid', { cause });
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isFilled = (value: unknown): boolean => isObject(value) && Object.keys(value).length > 0;
