import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const FORMAT = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/** A key of the installation: 32 bytes under a short id. */
export interface EncryptionKey {
  id: string;
  key: Buffer;
}

/** Where a sealed text lives. It is authenticated too: a text that was moved to another row or column does not open. */
export interface SealedPlace {
  table: string;
  column: string;
  rowId: string;
}

/** Seals and opens texts. */
export interface Sealer {
  /** AES-256-GCM under the first key: `v1.<key id>.<nonce>.<ciphertext and tag>`. */
  seal(text: string, place: SealedPlace): string;
  /** Throws when the key is unknown, or the text was changed or belongs elsewhere. */
  open(sealed: string, place: SealedPlace): string;
  /** Whether the text was sealed under the key that writes now. */
  isCurrent(sealed: string): boolean;
}

/** Makes a sealer; the first key writes, all of them read. */
export function createSealer(keys: readonly EncryptionKey[]): Sealer {
  const [writing] = keys;
  if (writing === undefined) throw new Error('At least one encryption key is needed (ENCRYPTION_KEYS)');
  keys.forEach(assertKey);
  const byId = new Map(keys.map((entry) => [entry.id, entry.key]));
  return {
    seal: (text, place) => seal(writing, text, place),
    open: (sealed, place) => open(byId, sealed, place),
    isCurrent: (sealed) => sealed.startsWith(`${FORMAT}.${writing.id}.`),
  };
}

function assertKey({ id, key }: EncryptionKey): void {
  if (!/^[\w-]{1,32}$/.test(id)) {
    throw new Error(`The id of an encryption key must be 1 to 32 letters, digits, _ or -: "${id}"`);
  }
  if (key.length !== KEY_BYTES) throw new Error(`Encryption key "${id}" must have ${KEY_BYTES} bytes`);
}

function seal({ id, key }: EncryptionKey, text: string, place: SealedPlace): string {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(authenticated(place, id));
  const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return [FORMAT, id, nonce.toString('base64url'), sealed.toString('base64url')].join('.');
}

function open(keys: ReadonlyMap<string, Buffer>, sealed: string, place: SealedPlace): string {
  const [format, id = '', nonce = '', body = ''] = sealed.split('.');
  const where = `${place.table}.${place.column} of ${place.rowId}`;
  if (format !== FORMAT) throw new Error(`${where} is not sealed in a form that this version knows`);
  const key = keys.get(id);
  if (key === undefined) throw new Error(`${where} is sealed under key "${id}", which ENCRYPTION_KEYS lacks`);
  try {
    return decrypt(
      key,
      Buffer.from(nonce, 'base64url'),
      Buffer.from(body, 'base64url'),
      authenticated(place, id),
    );
  } catch (cause) {
    throw new Error(`${where} does not open: it was changed, moved, or key "${id}" is another one`, {
      cause,
    });
  }
}

function decrypt(key: Buffer, nonce: Buffer, body: Buffer, aad: Buffer): string {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
  decipher.setAAD(aad);
  decipher.setAuthTag(body.subarray(-TAG_BYTES));
  return decipher.update(body.subarray(0, -TAG_BYTES), undefined, 'utf8') + decipher.final('utf8');
}

function authenticated({ table, column, rowId }: SealedPlace, keyId: string): Buffer {
  return Buffer.from(JSON.stringify([table, column, rowId, keyId]), 'utf8');
}
