import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDataDirectory } from './data-directory.js';
import { birthMark } from './embedded-postgres/running-process.js';

describe('openDataDirectory', () => {
  let folder: string;
  let projectRoot: string;
  let sharedRoot: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'data-directory-'));
    chmodSync(folder, 0o755);
    projectRoot = mkdtempSync(join(folder, 'clone-'));
    sharedRoot = join(folder, 'shared');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const open = (root = projectRoot, isRoot = false): ReturnType<typeof openDataDirectory> =>
    openDataDirectory({ projectRoot: root, isRoot, sharedRoot });

  it('is .data in the project, closed to others, for an ordinary user', async () => {
    const { path, projectPath, release } = await open();
    expect([path, projectPath]).toEqual([join(projectRoot, '.data'), join(projectRoot, '.data')]);
    expect(statSync(path).mode & 0o777).toBe(0o700);
    await release();
  });

  it('is .data in the project, open for the account of the database, for root in an open folder', async () => {
    chmodSync(projectRoot, 0o755);
    const before = process.umask(0o077);
    const { path, release } = await open(projectRoot, true);
    process.umask(before);
    expect(path).toBe(join(projectRoot, '.data'));
    expect(statSync(path).mode & 0o777).toBe(0o755);
    await release();
  });

  describe('for root in a folder that others cannot reach', () => {
    beforeEach(() => chmodSync(projectRoot, 0o700));

    async function pathOf(root = projectRoot): Promise<string> {
      const { path, release } = await open(root, true);
      await release();
      return path;
    }

    it('is outside, under the id in .data/instance, and open although the umask is not', async () => {
      const before = process.umask(0o077);
      const path = await pathOf();
      process.umask(before);
      const id = readFileSync(join(projectRoot, '.data/instance'), 'utf8').trim();
      expect(path).toBe(join(sharedRoot, id));
      expect(statSync(sharedRoot).mode & statSync(path).mode & 0o777).toBe(0o755);
    });

    it('is the same at every start, also after the clone was moved', async () => {
      const path = await pathOf();
      await expect(pathOf()).resolves.toBe(path);
      const moved = join(folder, 'moved');
      renameSync(projectRoot, moved);
      await expect(pathOf(moved)).resolves.toBe(path);
    });

    it('is another one for a copy of the clone: two clones never share a database', async () => {
      const path = await pathOf();
      const copy = join(folder, 'copy');
      cpSync(projectRoot, copy, { recursive: true, mode: 0 });
      chmodSync(copy, 0o700);
      await expect(pathOf(copy)).resolves.not.toBe(path);
      await expect(pathOf()).resolves.toBe(path);
    });
  });

  it('says what to do when the folder cannot be made', async () => {
    writeFileSync(join(projectRoot, '.data'), 'a file');
    await expect(open()).rejects.toThrow(/The data directory could not be made \(in .*\.data\)/);
  });

  describe('its lock', () => {
    const lockFile = (): string => join(projectRoot, '.data', 'lock');

    it('refuses a second start, and says which process to stop', async () => {
      const first = await open();
      await expect(open()).rejects.toThrow(
        new RegExp(
          `already running on this data \\(process ${process.pid}, since .*"kill ${process.pid}"`,
          's',
        ),
      );
      await first.release();
      await (await open()).release();
    });

    it('lets one of many starts at the same moment win, also over a stale lock', async () => {
      await (await open()).release();
      writeFileSync(lockFile(), JSON.stringify({ pid: 2 ** 22 + 1, birthMark: null, since: 'long ago' }));
      const results = await Promise.allSettled(Array.from({ length: 8 }, () => open()));
      expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1);
    });

    it('is taken over from a process that was killed', async () => {
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
      await once(child, 'spawn');
      const holder = { pid: child.pid, birthMark: birthMark(child.pid ?? 0), since: 'just now' };
      await (await open()).release();
      writeFileSync(lockFile(), JSON.stringify(holder));
      await expect(open()).rejects.toThrow(`process ${child.pid}`);
      child.kill('SIGKILL');
      await once(child, 'exit');
      await (await open()).release();
    });

    it('is taken over from a dead process whose id another program got', async () => {
      await (await open()).release();
      const holder = { pid: process.pid, birthMark: 'an earlier boot/17', since: 'yesterday' };
      writeFileSync(lockFile(), JSON.stringify(holder));
      await (await open()).release();
    });

    it.each(['', '{"pid":', 'null', '{"pid":-1}'])('is taken over when it is damaged: %j', async (text) => {
      await (await open()).release();
      writeFileSync(lockFile(), text);
      await (await open()).release();
    });

    it('leaves nothing behind, and never removes the lock of another start', async () => {
      const { release } = await open();
      writeFileSync(lockFile(), 'of another start');
      await release();
      expect(readFileSync(lockFile(), 'utf8')).toBe('of another start');
      rmSync(lockFile());
      await (await open()).release();
      expect(existsSync(lockFile())).toBe(false);
    });
  });
});
