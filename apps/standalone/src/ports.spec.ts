import { once } from 'node:events';
import { createServer, type Server } from 'node:net';
import { assertPortUsable, findFreePort, isPortFree } from './ports.js';

describe('ports', () => {
  const servers: Server[] = [];
  afterEach(() => servers.splice(0).forEach((server) => server.close()));

  async function occupy(host: string): Promise<number> {
    const port = await findFreePort();
    const server = createServer().listen(port, host);
    servers.push(server);
    await once(server, 'listening');
    return port;
  }

  it('finds a port that is free', async () => {
    await expect(isPortFree(await findFreePort())).resolves.toBe(true);
  });

  it.each(['127.0.0.1', '0.0.0.0', '::'])('sees that a program holds a port on %s', async (host) => {
    await expect(isPortFree(await occupy(host))).resolves.toBe(false);
  });

  it('says which port is taken, for what, and which free one to choose with which variable', async () => {
    const port = await occupy('127.0.0.1');
    const refusal = assertPortUsable({ port, variable: 'SANDBOX_PORT', purpose: 'the sandbox' });
    await expect(refusal).rejects.toThrow(`Port ${port}, for the sandbox, is taken by another program.`);
    const message = await refusal.catch((error: Error) => error.message);
    const advised = Number(/SANDBOX_PORT=(\d+) npm start/.exec(String(message))?.[1]);
    expect(advised).not.toBe(port);
    await expect(isPortFree(advised)).resolves.toBe(true);
  });

  it('lets a free port pass', async () => {
    const port = await findFreePort();
    await expect(
      assertPortUsable({ port, variable: 'PORT', purpose: 'the console' }),
    ).resolves.toBeUndefined();
  });
});
