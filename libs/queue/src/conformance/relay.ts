import { once } from 'node:events';
import { type AddressInfo, createServer, connect, type Socket } from 'node:net';

/** A way to a server that can be cut, so that the server is away for us and for nobody else. */
export interface Relay {
  /** The server's URL, by way of the relay. */
  readonly url: string;
  /** Breaks all connections and refuses new ones, as a server that goes down does. */
  cut(): Promise<void>;
  restore(): Promise<void>;
  /** How many connections lead through it now. */
  open(): number;
}

/** A relay to the server of `url`; after so many connections (default: any number) it lets no more through. */
export async function openRelay(url: string, admits = Number.POSITIVE_INFINITY): Promise<Relay> {
  const target = new URL(url);
  const sockets = new Set<Socket>();
  let admitted = 0;
  const relay = createServer((near) => {
    admitted += 1;
    if (admitted > admits) {
      near.destroy();
      return;
    }
    const far = connect(Number(target.port), target.hostname);
    for (const [socket, other] of [[near, far] as const, [far, near] as const]) {
      sockets.add(socket);
      socket.on('error', () => other.destroy());
      socket.on('close', () => sockets.delete(socket) && other.destroy());
      socket.pipe(other);
    }
  });
  relay.listen(0, '127.0.0.1');
  await once(relay, 'listening');
  const { port } = relay.address() as AddressInfo;
  return {
    url: Object.assign(new URL(url), { port: String(port) }).href,
    async cut() {
      relay.close();
      for (const socket of sockets) socket.destroy();
      await once(relay, 'close');
    },
    open: () => sockets.size / 2,
    async restore() {
      relay.listen(port, '127.0.0.1');
      await once(relay, 'listening');
    },
  };
}
