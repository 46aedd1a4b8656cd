import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** A way to a server that counts what the server says. */
export interface CountingProxy {
  port: number;
  /** Bytes that came from the server since the last reset. */
  received(): number;
  reset(): void;
  /** Connections that are open now die, but the client only notices when it says something next. */
  killUnnoticed(): void;
  close(): Promise<void>;
}

/** Stands between the adapter and its database, so that the bytes counted are those that the wire carries. */
export async function countingProxy(
  target: { host: string; port: number },
  port = 0,
): Promise<CountingProxy> {
  let bytes = 0;
  const open = new Set<Socket>();
  const clients = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(target);
    clients.add(client);
    client.once('close', () => clients.delete(client));
    for (const socket of [client, upstream]) {
      open.add(socket.setNoDelay(true));
      socket.once('close', () => open.delete(socket));
      socket.on('error', () => socket.destroy());
    }
    upstream.on('data', (chunk) => void (bytes += chunk.length));
    client.pipe(upstream).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    received: () => bytes,
    reset: () => void (bytes = 0),
    killUnnoticed: () => {
      for (const client of clients)
        client
          .unpipe()
          .once('data', () => client.resetAndDestroy())
          .resume();
    },
    close: () => {
      for (const socket of open) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
