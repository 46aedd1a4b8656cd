import { newId, ZERO_ID } from '../books/ids.js';

/** An answer before it is sent; faults and the idempotency store work on it. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Ends the handling of a call with this answer; whatever the call changed is taken back. */
export class Answered extends Error {
  constructor(readonly reply: Reply) {
    super(`Answered with ${reply.status}`);
  }
}

const typed = (type: string, status: number, body: string, headers: Record<string, string> = {}): Reply => ({
  status,
  headers: { 'content-type': `${type}; charset=utf-8`, ...headers },
  body,
});

export const json = (status: number, value: unknown, headers?: Record<string, string>): Reply =>
  typed('application/json', status, JSON.stringify(value), headers);

export const html = (status: number, body: string, headers?: Record<string, string>): Reply =>
  typed('text/html', status, body, headers);

export const text = (status: number, body: string): Reply => typed('text/plain', status, body);

export const empty = (status: number, headers: Record<string, string> = {}): Reply => ({
  status,
  headers,
  body: '',
});

/** Xero's 404: not JSON. */
export const notFound = (): Reply => html(404, "The resource you're looking for cannot be found");

/** A problem as Xero's gateway writes it (401, 403, 500). */
export const problem = (
  status: number,
  title: string,
  detail: string,
  headers?: Record<string, string>,
): Reply =>
  json(
    status,
    { Type: null, Title: title, Status: status, Detail: detail, Instance: newId(), Extensions: {} },
    headers,
  );

/** A 400 with Xero's exception type and number. */
export function exception(
  type: string,
  number: number,
  message: string,
  elements?: readonly unknown[],
): Reply {
  return json(400, {
    ErrorNumber: number,
    Type: type,
    Message: message,
    ...(elements && { Elements: elements }),
  });
}

/** What a refused element looks like: what was sent, the id (zero for a create), and the messages. */
export function refusedElement(
  sent: Readonly<Record<string, unknown>>,
  idKey: string,
  messages: readonly string[],
): Record<string, unknown> {
  const id = typeof sent[idKey] === 'string' ? sent[idKey] : ZERO_ID;
  return { ...sent, [idKey]: id, ValidationErrors: messages.map((Message) => ({ Message })) };
}
