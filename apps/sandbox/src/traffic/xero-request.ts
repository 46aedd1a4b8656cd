import type { IncomingHttpHeaders } from 'node:http';

/** A request to anything that stands in for Xero. */
export interface XeroRequest {
  readonly method: string;
  /** The path without the query. */
  readonly path: string;
  /** The query without its question mark. */
  readonly query: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly bytesIn: number;
}

/** A header's value; of several the first. */
export function header(request: XeroRequest, name: string): string | undefined {
  const value = request.headers[name];
  return Array.isArray(value) ? value[0] : value;
}
