import { createServer } from 'node:net';
import { StartError, systemErrorCode } from './start-error.js';

/** A port that somebody chose, and the variable that chooses another. */
export interface ChosenPort {
  port: number;
  variable: 'PORT' | 'SANDBOX_PORT';
  /** What shall listen there, as it stands in the message: "the console". */
  purpose: string;
}

/** Loopback and every interface: a program that holds one of them may let us take the other, and then gets our visitors. */
const INTERFACES = ['127.0.0.1', '::'] as const;

/** Whether nobody listens on the port, neither on the loopback interface nor on all. */
export async function isPortFree(port: number): Promise<boolean> {
  for (const host of INTERFACES) {
    if ((await tryToListen(port, host)) !== 'free') {
      return false;
    }
  }
  return true;
}

/** A port of the loopback interface that nobody listens on now. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** Throws a StartError that names the port and says how to choose another, unless it can be listened on. */
export async function assertPortUsable(chosen: ChosenPort): Promise<void> {
  for (const host of INTERFACES) {
    const result = await tryToListen(chosen.port, host);
    if (result === 'forbidden') {
      throw new StartError(
        `Port ${chosen.port}, for ${chosen.purpose}, may not be opened by this user.`,
        `Choose one above 1023: ${startCommand(chosen.variable, 3000)}`,
      );
    }
    if (result === 'taken') {
      throw portTaken(chosen, await nextFreePort(chosen.port));
    }
  }
}

function portTaken(chosen: ChosenPort, free: number): StartError {
  return new StartError(
    `Port ${chosen.port}, for ${chosen.purpose}, is taken by another program.`,
    `Stop that program, or choose another port: ${startCommand(chosen.variable, free)}`,
  );
}

/** The command that starts on another port, as the shell of this system wants it. */
function startCommand(variable: string, port: number): string {
  return process.platform === 'win32'
    ? `set ${variable}=${port} && npm start`
    : `${variable}=${port} npm start`;
}

/** Looks in steps of a hundred, so that the port after it, the sandbox's, is likely to be free as well. */
async function nextFreePort(port: number): Promise<number> {
  for (let candidate = port + 100; candidate < 65_000; candidate += 100) {
    if (await isPortFree(candidate)) {
      return candidate;
    }
  }
  return findFreePort();
}

async function tryToListen(port: number, host: string): Promise<'free' | 'taken' | 'forbidden'> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', (error) => {
      const code = systemErrorCode(error);
      if (code === 'EADDRINUSE') {
        resolve('taken');
      } else if (code === 'EACCES') {
        resolve('forbidden');
      } else if (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT') {
        // A machine without IPv6: what is not there is not taken.
        resolve('free');
      } else {
        reject(error);
      }
    });
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve('free')));
  });
}
