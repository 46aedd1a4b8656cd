/** What came back over HTTP; the body parsed if it is JSON. */
export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly text: string;
  readonly headers: Headers;
}

/** What a request carries. */
export interface Sending {
  readonly key?: string | undefined;
  readonly body?: unknown;
  /** Sent as it is, instead of `body`. */
  readonly raw?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends a request: `await call('get /v1/organizations', { key })`. */
export type Call = (request: string, sending?: Sending) => Promise<Answer>;

function parsed(text: string, headers: Headers): Record<string, unknown> {
  const isJson = /json/.test(headers.get('content-type') ?? '');
  return isJson ? (JSON.parse(text) as Record<string, unknown>) : {};
}

/** Calls of an API at this address; redirects are not followed. */
export function httpClient(base: string): Call {
  return async (request, { key, body, raw, headers = {} } = {}) => {
    const [method = '', path = ''] = request.split(' ');
    const content = raw ?? (body === undefined ? undefined : JSON.stringify(body));
    const response = await fetch(`${base}${path}`, {
      method: method.toUpperCase(),
      redirect: 'manual',
      headers: {
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
        ...(content !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(content !== undefined && { body: content }),
    });
    const text = await response.text();
    return { status: response.status, body: parsed(text, response.headers), text, headers: response.headers };
  };
}
