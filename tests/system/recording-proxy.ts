import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** A request as it went over the wire. */
export interface RecordedRequest {
  method: string;
  /** With its query. */
  url: string;
  headers: IncomingMessage['headers'];
  body: string;
}

/** A server that hands every request on as it is, and remembers it. */
export interface RecordingProxy {
  url: string;
  requests: RecordedRequest[];
  close(): Promise<void>;
}

/** Headers that are about one connection, and not about the request. */
const OF_CONNECTION = new Set(['connection', 'host', 'content-length', 'transfer-encoding', 'keep-alive']);

/** Stands before the server at `target`. */
export async function startRecordingProxy(target: string): Promise<RecordingProxy> {
  const requests: RecordedRequest[] = [];
  const server = createServer((request, response) => {
    const handOn = async () => {
      const { method = '', url = '', headers } = request;
      const recorded = { method, url, headers, body: await text(request) };
      requests.push(recorded);
      const answer = await fetch(`${target}${url}`, forwarded(recorded));
      for (const [name, value] of answer.headers)
        if (!OF_CONNECTION.has(name)) response.setHeader(name, value);
      response.writeHead(answer.status).end(Buffer.from(await answer.arrayBuffer()));
    };
    handOn().catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

function forwarded({ method, headers, body }: RecordedRequest): RequestInit {
  const kept = Object.entries(headers).flatMap(([name, value]): [string, string][] =>
    OF_CONNECTION.has(name) || value === undefined ? [] : [[name, String(value)]],
  );
  return { method, headers: kept, ...(body === '' ? {} : { body }) };
}
