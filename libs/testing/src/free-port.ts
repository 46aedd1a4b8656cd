import { createServer } from 'node:net';

/** A port of the loopback interface that nobody listens on now; another process may still be quicker to take it. */
export async function freePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => {
        if (address === null || typeof address === 'string') {
          reject(new Error(`expected a TCP address, got ${String(address)}`));
        } else {
          resolve(address.port);
        }
      });
    });
  });
}
