import { randomBytes } from 'node:crypto';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemErrorCode } from './start-error.js';

/** What a person or a script needs to use the installation. A secret as a whole. */
export interface Credentials {
  url: string;
  sandboxUrl: string;
  /** The installation key. */
  apiKey: string;
  adminEmail: string;
  adminPassword: string;
  organizationId: string;
}

/** The installation key of an earlier start; a new one if there was none. */
export async function installationKey(folder: string): Promise<string> {
  try {
    const known = JSON.parse(await readFile(fileIn(folder), 'utf8')) as Partial<Credentials>;
    if (typeof known.apiKey === 'string') return known.apiKey;
  } catch (error) {
    // A file that is missing or was cut off by a kill is made anew, with a new key.
    if (systemErrorCode(error) !== 'ENOENT' && !(error instanceof SyntaxError)) throw error;
  }
  return `cxs_${randomBytes(32).toString('base64url')}`;
}

/** Writes the file whole or not at all; only our own user may read it. */
export async function writeCredentials(folder: string, credentials: Credentials): Promise<string> {
  const file = fileIn(folder);
  const draft = `${file}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, `${JSON.stringify(credentials, null, 2)}\n`, { mode: 0o600 });
  await rename(draft, file);
  return file;
}

function fileIn(folder: string): string {
  return join(folder, 'credentials.json');
}
