import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runnableBinaries } from './binaries.js';

const log = { info: () => undefined, warn: () => undefined };
const nobody = { uid: 65534, gid: 65534 };

describe('runnableBinaries', () => {
  let root: string;
  let folder: string;
  let dataDirectory: string;
  let umask: number;

  beforeEach(() => {
    umask = process.umask(0o022);
    root = mkdtempSync(join(tmpdir(), 'binaries-'));
    chmodSync(root, 0o755);
    [folder, dataDirectory] = [join(root, 'home', 'package'), join(root, 'data')];
    mkdirSync(dataDirectory);
    install('native/bin/initdb', 0o755);
    install('native/lib/libpq.so.5.18', 0o644);
    install('native/share/postgresql/postgres.bki', 0o644);
    const links = [{ source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' }];
    writeFileSync(join(folder, 'native/pg-symlinks.json'), JSON.stringify(links));
  });
  afterEach(() => {
    process.umask(umask);
    rmSync(root, { recursive: true });
  });

  function install(path: string, mode: number): void {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, path, { mode });
  }

  const runInstallScript = (): void => symlinkSync('libpq.so.5.18', join(folder, 'native/lib/libpq.so.5'));
  const binaries = (account?: typeof nobody): Promise<string> =>
    runnableBinaries({ installed: { folder, version: '18.4.0' }, dataDirectory, account, log });
  const copy = (): string => join(dataDirectory, 'postgres-binaries-18.4.0');

  it('are the installed ones when the install script has run', async () => {
    runInstallScript();
    await expect(binaries()).resolves.toBe(join(folder, 'native'));
    await expect(binaries(nobody)).resolves.toBe(join(folder, 'native'));
    expect(existsSync(copy())).toBe(false);
  });

  it('are a copy with the links when install scripts are off', async () => {
    await expect(binaries()).resolves.toBe(copy());
    expect(readlinkSync(join(copy(), 'lib/libpq.so.5'))).toBe('libpq.so.5.18');
    expect(readFileSync(join(copy(), 'lib/libpq.so.5'), 'utf8')).toBe('native/lib/libpq.so.5.18');
  });

  it('are copied once', async () => {
    await binaries();
    const made = statSync(copy()).ino;
    await binaries();
    expect(statSync(copy()).ino).toBe(made);
  });

  it('are copied again after a copy that was cut off', async () => {
    mkdirSync(`${copy()}.partial/lib`, { recursive: true });
    writeFileSync(`${copy()}.partial/lib/libpq.so.5.18`, 'half');
    await binaries();
    expect(readFileSync(join(copy(), 'lib/libpq.so.5'), 'utf8')).toBe('native/lib/libpq.so.5.18');
  });

  it.each<[string, () => void]>([
    ['an ancestor folder is closed', () => chmodSync(join(root, 'home'), 0o700)],
    ['the files are closed', () => chmodSync(join(folder, 'native/share/postgresql/postgres.bki'), 0o600)],
  ])('are a copy when another user shall run them and %s', async (_, close) => {
    runInstallScript();
    close();
    await expect(binaries()).resolves.toBe(join(folder, 'native'));
    await expect(binaries(nobody)).resolves.toBe(copy());
  });

  it('can be read by every user in a copy of closed files under a closed umask', async () => {
    runInstallScript();
    chmodSync(join(folder, 'native/bin'), 0o700);
    chmodSync(join(folder, 'native/bin/initdb'), 0o700);
    process.umask(0o077);
    await binaries(nobody);
    const modes = ['.', 'bin', 'bin/initdb', 'share/postgresql/postgres.bki'].map(
      (path) => statSync(join(copy(), path)).mode & 0o777,
    );
    expect(modes).toEqual([0o755, 0o755, 0o755, 0o644]);
  });
});
