import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type CrmTransport, openTransport } from './transport.js';

const { signal } = new AbortController();
let server: Server;
let transport: CrmTransport;

async function serve(listener: RequestListener, timeoutMs = 5_000): Promise<void> {
  server = createServer(listener).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const baseUrl = `http://127.0.0.1:${port}/api/`;
  transport = openTransport({ baseUrl, apiKey: 'key', allowPrivateAddresses: true, timeoutMs });
}

afterEach(async () => {
  await transport.close();
  server.closeAllConnections();
  server.close();
});

const get = () => transport.get({ path: '/v1/reference', signal });

test('the path follows the base address, and the key goes along', async () => {
  await serve((request, response) => {
    response.setHeader('content-type', 'Application/JSON; charset=utf-8');
    response.end(`${request.url} ${request.headers.authorization}`);
  });
  expect(await get()).toEqual({
    status: 200,
    contentType: 'application/json',
    retryAfter: null,
    body: '/api/v1/reference Bearer key',
  });
});

test('an answer that trickles in takes no longer than the timeout', async () => {
  await serve((_request, response) => {
    const timer = setInterval(() => response.write(' '), 50);
    response.on('close', () => clearInterval(timer));
  }, 400);
  await expect(get()).rejects.toMatchObject({
    kind: 'transient',
    meta: { reason: 'it did not answer within 0.4 seconds' },
  });
});

test('an answer that never ends does not fill the memory', async () => {
  await serve((_request, response) => {
    const chunk = Buffer.alloc(1024 * 1024, 'x');
    const send = (): void => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on('drain', send);
    send();
  });
  await expect(get()).rejects.toMatchObject({
    kind: 'validation',
    code: 'CRM_ANSWER_UNREADABLE',
    meta: { reason: 'it is larger than 16 MB' },
  });
});

test('a kept connection that the server has closed is replaced by a new one', async () => {
  const used = new WeakSet();
  let refused = 0;
  await serve((request, response) => {
    if (used.has(request.socket)) {
      refused += 1;
      request.socket.destroy();
      return;
    }
    used.add(request.socket);
    response.end('ok');
  });
  for (let asked = 0; asked < 10; asked += 1) expect((await get()).body).toBe('ok');
  expect(refused).toBeGreaterThan(0);
});

test('an answer that breaks off is no answer', async () => {
  await serve((request, response) => {
    response.writeHead(200, { 'content-length': '100' });
    response.write('{"changes": [', () => request.socket.destroy());
  });
  await expect(get()).rejects.toMatchObject({ kind: 'transient', code: 'CRM_UNREACHABLE' });
});
