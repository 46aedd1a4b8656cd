import { z } from 'zod';

/** A key of 32 bytes under the id by which what it encrypted names it. */
export interface EncryptionKey {
  readonly id: string;
  readonly key: Buffer;
}

/** At least one key: the first encrypts, all of them decrypt. */
export type EncryptionKeys = readonly [EncryptionKey, ...EncryptionKey[]];

const keyBytes = 32;
const idPattern = /^[A-Za-z0-9_-]{1,32}$/;

/** The shape of 32 bytes in base64. Node's decoder skips what is no base64, so a mistyped key would pass as another. */
const keyPattern = /^[A-Za-z0-9+/]{43}=$/;

const howToMake = 'make one with: openssl rand -base64 32';

/** What is wrong with one `id:key`; never repeats the key. */
function problemOf(id: string, key: string, position: number): string | undefined {
  if (!idPattern.test(id)) {
    return `key ${position} has no id of letters, digits, "_" and "-" before the colon; write id:key`;
  }
  if (!keyPattern.test(key)) return `key "${id}" is not base64 of ${keyBytes} bytes; ${howToMake}`;
  return undefined;
}

function readKey(text: string): { id: string; key: string } {
  const colon = text.indexOf(':');
  return colon < 0 ? { id: '', key: text } : { id: text.slice(0, colon), key: text.slice(colon + 1) };
}

function problemsOf(parts: readonly { id: string; key: string }[]): string[] {
  const problems = parts.flatMap(({ id, key }, index) => problemOf(id, key, index + 1) ?? []);
  const twice = parts.filter(({ id }, index) => parts.findIndex((other) => other.id === id) < index);
  const named = twice.filter(({ id }) => id !== '');
  return [
    ...problems,
    ...named.map(({ id }) => `the id "${id}" stands there twice; every key needs its own`),
  ];
}

/** Reads `id:key,…`, each key 32 bytes in base64. */
export const encryptionKeysSchema = z.string().transform((text, context): EncryptionKeys => {
  const parts = text.split(',').map((part) => readKey(part.trim()));
  const problems = problemsOf(parts);
  for (const message of problems) context.addIssue({ code: 'custom', message });
  const [first, ...rest] = parts.map(({ id, key }) => ({ id, key: Buffer.from(key, 'base64') }));
  return problems.length > 0 || first === undefined ? z.NEVER : [first, ...rest];
});
