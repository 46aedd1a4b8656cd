import { randomUUID } from 'node:crypto';
import { chmod, mkdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ReleaseLock, takeLock } from './data-directory-lock.js';
import { makeOpenFolder } from './embedded-postgres/copy-open-tree.js';
import { explainFailure } from './embedded-postgres/explain-failure.js';
import { closedFolder } from './embedded-postgres/reachability.js';
import { StartError, systemErrorCode } from './start-error.js';

/** Where data goes that the server's account must reach although the project is in a closed folder. */
const SHARED_ROOT = '/var/lib/crm-xero-sync';

/** The folders of one clone, held by one start. */
export interface DataDirectory {
  /** Database, secrets and logs. */
  path: string;
  /** `.data` in the project, for what people and tools look for there (credentials.json); mostly the same folder. */
  projectPath: string;
  /** Gives the lock back; call it last. */
  release: ReleaseLock;
}

/** Whose clone it is, and who starts. */
export interface DataDirectoryOptions {
  projectRoot: string;
  /** Whether root starts, for whom Postgres must run as another user; found out unless told. */
  isRoot?: boolean;
  /** `/var/lib/crm-xero-sync` unless told. */
  sharedRoot?: string;
}

/**
 * Makes and locks the data directory: `.data` in the project; for root, in a project that other users cannot reach,
 * `/var/lib/crm-xero-sync/<id in .data/instance>`. Throws a StartError when another start holds it.
 */
export async function openDataDirectory(options: DataDirectoryOptions): Promise<DataDirectory> {
  const { isRoot = process.getuid?.() === 0, sharedRoot = SHARED_ROOT } = options;
  const projectPath = join(options.projectRoot, '.data');
  try {
    await mkdir(projectPath, { recursive: true });
    const elsewhere = isRoot && (await closedFolder(options.projectRoot)) !== undefined;
    // The database's account must pass through the folder when root starts; else it is nobody's business but the user's.
    await chmod(projectPath, isRoot && !elsewhere ? 0o755 : 0o700);
    const release = await takeLock(join(projectPath, 'lock'));
    return await releaseOnFailure(release, async () => {
      const path = elsewhere ? await sharedFolder(projectPath, sharedRoot) : projectPath;
      return { path, projectPath, release };
    });
  } catch (error) {
    throw error instanceof StartError
      ? error
      : explainFailure({ what: 'The data directory could not be made', where: projectPath, cause: error });
  }
}

async function releaseOnFailure<T>(release: ReleaseLock, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await release();
    throw error;
  }
}

/** The folder outside that belongs to this clone. A copy of a clone, which has the same id, gets one of its own. */
async function sharedFolder(projectPath: string, sharedRoot: string): Promise<string> {
  const instanceFile = join(projectPath, 'instance');
  const owner = await realpath(projectPath);
  const known = await readLine(instanceFile);
  const id =
    known !== undefined && (await isOurs(join(sharedRoot, known), owner, known)) ? known : randomUUID();
  const folder = join(sharedRoot, id);
  await writeFile(instanceFile, `${id}\n`, { mode: 0o600 });
  await makeOpenFolder(sharedRoot);
  await makeOpenFolder(folder);
  await writeFile(join(folder, 'clone'), `${owner}\n`, { mode: 0o600 });
  return folder;
}

/** Ours when it names us, or names a folder that is not there any more or has another id: then the clone was moved. */
async function isOurs(folder: string, owner: string, id: string): Promise<boolean> {
  const claimed = await readLine(join(folder, 'clone'));
  return claimed === undefined || claimed === owner || (await readLine(join(claimed, 'instance'))) !== id;
}

async function readLine(file: string): Promise<string | undefined> {
  try {
    return (await readFile(file, 'utf8')).trim() || undefined;
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}
