import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findFreePort, isPortFree } from '../ports.js';
import { systemErrorCode } from '../start-error.js';

const LOWEST_UNPRIVILEGED_PORT = 1024;

/** The port of the last start if nobody took it meanwhile, so that open tools reconnect; else a free one, remembered. */
export async function choosePort(dataDirectory: string): Promise<number> {
  const file = join(dataDirectory, 'postgres-port');
  const remembered = await readPort(file);
  if (remembered !== undefined && (await isPortFree(remembered))) {
    return remembered;
  }
  const port = await findFreePort();
  await writeFile(file, `${port}\n`);
  return port;
}

async function readPort(file: string): Promise<number | undefined> {
  try {
    const port = Number(await readFile(file, 'utf8'));
    return Number.isInteger(port) && port >= LOWEST_UNPRIVILEGED_PORT && port < 65_536 ? port : undefined;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}
