import { Agent, type Dispatcher } from 'undici';
import { guardedLookup, readCrmUrl } from './address-guard.js';
import { keyRefused, unreadable } from './crm-errors.js';
import { codeOf, connectionError } from './connection-errors.js';

/** Where a CRM is, and how it is spoken to. */
export interface HttpCrmOptions {
  /** What comes before `/v1/...`, such as `https://crm.example.com/api`. */
  baseUrl: string;
  apiKey: string;
  /** Whether http and addresses of private networks may be used: only where the operator says so. */
  allowPrivateAddresses: boolean;
  /** How long one answer may take, in milliseconds; 30 s by default. */
  timeoutMs?: number;
}

/** An answer as it came. */
export interface CrmAnswer {
  status: number;
  /** Without parameters, in small letters; empty where none was given. */
  contentType: string;
  /** Seconds or a date, as the CRM wrote it. */
  retryAfter: string | null;
  body: string;
}

/** What is asked for. */
export interface CrmQuestion {
  /** Below the base address, such as `/v1/reference`. */
  path: string;
  signal: AbortSignal;
  /** Another key than the configured one, to see it refused; null: none at all. */
  apiKey?: string | null;
}

/** What is to be changed: the CRM must take it twice as it takes it once, since it is sent again where a connection broke. */
export interface CrmOrder extends CrmQuestion {
  method: 'POST' | 'DELETE';
  /** Goes as JSON. */
  body: unknown;
}

/** Speaks HTTP with one CRM. */
export interface CrmTransport {
  /** Asks again where a kept connection turned out to be closed; throws a SyncError where no answer comes. */
  get(question: CrmQuestion): Promise<CrmAnswer>;
  send(order: CrmOrder): Promise<CrmAnswer>;
  close(): Promise<void>;
}

const DEFAULT_TIMEOUT_MS = 30_000;
/** Ample for 200 invoices of 100 lines; more would only fill the memory. */
const MAX_ANSWER_BYTES = 16 * 1024 * 1024;
const CONNECT_TIMEOUT_MS = 10_000;
/** So that a long listing does not hold up a single record. */
const CONNECTIONS = 2;

/** Opens a transport; throws a SyncError for an address or key that cannot be used. */
export function openTransport(options: HttpCrmOptions): CrmTransport {
  const url = readCrmUrl(options.baseUrl, options);
  if (!/^[\u0021-\u007e]+$/.test(options.apiKey))
    throw keyRefused('it is empty or holds characters that no key has');
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS;
  const agent = new Agent({
    connect: { lookup: guardedLookup(options), timeout: Math.min(CONNECT_TIMEOUT_MS, timeoutMs) },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
    maxResponseSize: MAX_ANSWER_BYTES,
    connections: CONNECTIONS,
  });
  const line = { agent, url, timeoutMs, apiKey: options.apiKey };
  return {
    get: (question) => askAgain(line, question, CONNECTIONS),
    send: (order) => askAgain(line, order, CONNECTIONS),
    close: () => agent.destroy(),
  };
}

interface Line {
  agent: Agent;
  url: URL;
  timeoutMs: number;
  apiKey: string;
}

/** Each kept connection may turn out to be closed once: the question after that goes over a new one. */
async function askAgain(line: Line, question: CrmQuestion | CrmOrder, more: number): Promise<CrmAnswer> {
  try {
    return await exchange(line, question);
  } catch (error) {
    if (more > 0 && wasClosedConnection(error)) return askAgain(line, question, more - 1);
    throw connectionError(error, { ...line, signal: question.signal });
  }
}

async function exchange(
  { agent, url, timeoutMs, apiKey }: Line,
  question: CrmQuestion | CrmOrder,
): Promise<CrmAnswer> {
  const key = question.apiKey === undefined ? apiKey : question.apiKey;
  const order = 'method' in question ? question : null;
  const response = await agent.request({
    origin: url.origin,
    path: url.pathname.replace(/\/$/, '') + question.path,
    method: order?.method ?? 'GET',
    headers: {
      accept: 'application/json',
      ...(order === null ? {} : { 'content-type': 'application/json' }),
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
    },
    body: order === null ? null : JSON.stringify(order.body),
    signal: AbortSignal.any([question.signal, AbortSignal.timeout(timeoutMs)]),
  });
  return {
    status: response.statusCode,
    contentType: header(response, 'content-type').split(';')[0]?.trim().toLowerCase() ?? '',
    retryAfter: header(response, 'retry-after') || null,
    body: await readBody(response),
  };
}

async function readBody({ body }: Dispatcher.ResponseData): Promise<string> {
  try {
    return await body.text();
  } catch (error) {
    if (codeOf(error) !== 'UND_ERR_RES_EXCEEDED_MAX_SIZE') throw error;
    throw unreadable(`it is larger than ${MAX_ANSWER_BYTES / 1024 / 1024} MB`, error);
  }
}

function header({ headers }: Dispatcher.ResponseData, name: string): string {
  const value = headers[name];
  return (Array.isArray(value) ? value[0] : value) ?? '';
}

/** A server may close a kept connection at the moment when it is used again; nothing was answered then. */
function wasClosedConnection(error: unknown): boolean {
  return ['UND_ERR_SOCKET', 'ECONNRESET'].includes(codeOf(error));
}
