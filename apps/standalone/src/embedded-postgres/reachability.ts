import { realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

const OTHERS_MAY_ENTER = 0o001;
const OTHERS_MAY_READ = 0o004;

/** The nearest folder, from `path` (a folder) upwards, that other users may not enter; undefined when there is none. */
export async function closedFolder(path: string): Promise<string | undefined> {
  for (let folder = await realpath(path); ; folder = dirname(folder)) {
    if (((await stat(folder)).mode & OTHERS_MAY_ENTER) === 0) {
      return folder;
    }
    if (folder === dirname(folder)) {
      return undefined;
    }
  }
}

/** Whether every user may read the file `path`. */
export async function isReadableByOthers(path: string): Promise<boolean> {
  const open = ((await stat(path)).mode & OTHERS_MAY_READ) !== 0;
  return open && (await closedFolder(dirname(path))) === undefined;
}
