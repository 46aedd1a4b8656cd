import { randomBytes } from 'node:crypto';
import { chmod, link, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartError, systemErrorCode } from './start-error.js';

/** What a start on embedded defaults makes up for itself, once. */
export interface LocalSecrets {
  /** A value for ENCRYPTION_KEYS: `k1:<32 bytes in base64>`. */
  encryptionKeys: string;
  /** A value for SESSION_SECRET. */
  sessionSecret: string;
  /** The password of the first administrator: short enough to type, with 80 bits of chance. */
  adminPassword: string;
  /** The password of the embedded Postgres. */
  databasePassword: string;
}

const NAMES = ['encryptionKeys', 'sessionSecret', 'adminPassword', 'databasePassword'] as const;

/**
 * Reads the secrets of a data directory, which are made at its first start and never again: without the encryption key,
 * what it encrypted is lost. Only our own user may read the file.
 */
export async function openLocalSecrets(dataDirectory: string): Promise<LocalSecrets> {
  const file = join(dataDirectory, 'secrets.json');
  const existing = await read(file);
  if (existing !== undefined) {
    return parse(existing, file);
  }
  await writeOnce(file, JSON.stringify(makeSecrets(), null, 2));
  return openLocalSecrets(dataDirectory);
}

function makeSecrets(): LocalSecrets {
  return {
    encryptionKeys: `k1:${randomBytes(32).toString('base64')}`,
    sessionSecret: randomBytes(32).toString('base64url'),
    adminPassword: typeablePassword(),
    databasePassword: randomBytes(24).toString('base64url'),
  };
}

/** Four groups of letters and digits that are not mistaken for each other (no 0, 1, l, o). */
function typeablePassword(): string {
  const alphabet = 'abcdefghijkmnpqrstuvwxyz23456789';
  const letters = Array.from(randomBytes(16), (byte) => alphabet[byte % alphabet.length]).join('');
  return (letters.match(/.{4}/g) ?? []).join('-');
}

/** Whole or not at all, and never over a file that is there: a second start at the same moment reads the first one's. */
async function writeOnce(file: string, text: string): Promise<void> {
  const draft = `${file}.${randomBytes(4).toString('hex')}`;
  await writeFile(draft, `${text}\n`, { mode: 0o600 });
  try {
    await link(draft, file);
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST') {
      throw error;
    }
  } finally {
    await rm(draft, { force: true });
  }
}

async function read(file: string): Promise<string | undefined> {
  try {
    const text = await readFile(file, 'utf8');
    // A backup or a copy may have opened it to others.
    await chmod(file, 0o600);
    return text;
  } catch (error) {
    switch (systemErrorCode(error)) {
      case 'ENOENT':
        return undefined;
      case 'EACCES':
      case 'EPERM':
        throw new StartError(
          `${file} belongs to another user.`,
          'Start as the user who started first, or give the data directory to this one (sudo chown -R).',
          { cause: error },
        );
      default:
        throw error;
    }
  }
}

function parse(text: string, file: string): LocalSecrets {
  const damaged = (cause?: unknown): StartError =>
    new StartError(
      `${file} is damaged.`,
      'Bring it back from a backup; without it, move the whole data directory away to begin anew.',
      { cause },
    );
  let values: Partial<Record<string, unknown>>;
  try {
    values = Object(JSON.parse(text)) as typeof values;
  } catch (cause) {
    throw damaged(cause);
  }
  const missing = NAMES.filter((name) => typeof values[name] !== 'string' || values[name] === '');
  if (missing.length > 0) {
    throw damaged(new Error(`missing: ${missing.join(', ')}`));
  }
  return values as unknown as LocalSecrets;
}
