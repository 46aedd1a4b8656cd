import { chmod, constants, copyFile, mkdir, readdir, readlink, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';

const ANY_EXECUTE = 0o111;

/**
 * Copies a folder so that every user may read the copy, whatever the modes of the original and our umask are. Links are
 * copied as they stand.
 */
export async function copyOpenTree(from: string, to: string): Promise<void> {
  await makeOpenFolder(to);
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) {
      await copyOpenTree(source, target);
    } else if (entry.isSymbolicLink()) {
      await symlink(await readlink(source), target);
    } else {
      await copyFile(source, target, constants.COPYFILE_FICLONE);
      await chmod(target, ((await stat(source)).mode & ANY_EXECUTE) === 0 ? 0o644 : 0o755);
    }
  }
}

/** Makes a folder, if it is not there, that every user may enter: the mode of `mkdir` alone is cut down by the umask. */
export async function makeOpenFolder(path: string): Promise<void> {
  await mkdir(path, { recursive: true });
  await chmod(path, 0o755);
}
