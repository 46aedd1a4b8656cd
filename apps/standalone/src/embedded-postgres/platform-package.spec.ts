import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { locatePlatformPackage } from './platform-package.js';

describe('locatePlatformPackage', () => {
  it('finds what npm installed for this machine', () => {
    const { folder, version } = locatePlatformPackage();
    expect(version).toMatch(/^18\./);
    expect(existsSync(join(folder, 'native', 'bin'))).toBe(true);
  });

  it.each(['linux-x64-musl', 'freebsd-x64', 'linux-riscv64'])(
    'says for %s that there is none, and what to do instead',
    (platform) => {
      expect(() => locatePlatformPackage(platform)).toThrow(
        new RegExp(`no embedded Postgres for ${platform}\\.\n.*DATABASE_URL=`),
      );
    },
  );

  it('says what to do when npm left the package out', () => {
    const other = process.platform === 'win32' ? 'linux-x64' : 'win32-x64';
    expect(() => locatePlatformPackage(other)).toThrow(/is not installed\.\nRun "npm ci"/);
  });
});
