import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLocalSecrets } from './local-secrets.js';
import { StartError } from './start-error.js';

describe('local secrets', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'local-secrets-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are made once and read again', async () => {
    const first = await openLocalSecrets(folder);
    await expect(openLocalSecrets(folder)).resolves.toEqual(first);
  });

  it('are the same for starts at nearly the same moment', async () => {
    const starts = Array.from({ length: 24 }, async (_, order) => {
      for (let turn = 0; turn < order * 3; turn += 1) {
        await new Promise(setImmediate);
      }
      return openLocalSecrets(folder);
    });
    const passwords = (await Promise.all(starts)).map((secrets) => secrets.databasePassword);
    expect(new Set(passwords).size).toBe(1);
    expect(readdirSync(folder)).toEqual(['secrets.json']);
  });

  it('hold an encryption key of 32 bytes with its id, and never the same secret twice', async () => {
    const secrets = await openLocalSecrets(folder);
    const [id, key] = secrets.encryptionKeys.split(':');
    expect([id, Buffer.from(key ?? '', 'base64').length]).toEqual(['k1', 32]);
    expect(secrets.adminPassword).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
    expect(new Set(Object.values(secrets)).size).toBe(4);
  });

  it('can be read by nobody else, even after a copy had opened the file', async () => {
    await openLocalSecrets(folder);
    const file = join(folder, 'secrets.json');
    expect(statSync(file).mode & 0o777).toBe(0o600);
    chmodSync(file, 0o644);
    await openLocalSecrets(folder);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it.each(['', '{"encryptionKeys":', 'null', '{"encryptionKeys":"k1:x","sessionSecret":"s"}'])(
    'are never made anew over a damaged file (%j): what they encrypted would be lost',
    async (text) => {
      writeFileSync(join(folder, 'secrets.json'), text);
      await expect(openLocalSecrets(folder)).rejects.toThrow(StartError);
      await expect(openLocalSecrets(folder)).rejects.toThrow(/is damaged\.\nBring it back from a backup/);
    },
  );
});
