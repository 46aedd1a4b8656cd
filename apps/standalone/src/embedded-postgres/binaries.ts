import { access, readFile, rename, rm, symlink } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { systemErrorCode } from '../start-error.js';
import type { StartLog } from '../start-log.js';
import { copyOpenTree } from './copy-open-tree.js';
import type { PlatformPackage } from './platform-package.js';
import { isReadableByOthers } from './reachability.js';
import type { ServerAccount } from './server-account.js';

interface Link {
  source: string;
  target: string;
}

/** What decides whether the installed binaries can be run where they are. */
export interface BinariesOptions {
  installed: PlatformPackage;
  /** Where a copy may be kept: a folder that the server's account reaches. */
  dataDirectory: string;
  account: ServerAccount | undefined;
  log: StartLog;
}

/**
 * The folder with `bin/postgres` that the server's account can run. The installed one, unless its library links are missing
 * (npm was told to run no install scripts) or another user cannot read it; then a copy, which is kept for later starts.
 */
export async function runnableBinaries(options: BinariesOptions): Promise<string> {
  const { installed, dataDirectory, account, log } = options;
  const links = await readLinks(installed.folder);
  const complete = await allExist(links.map((link) => join(installed.folder, link.target)));
  if (complete && (account === undefined || (await canBeRunByOthers(installed.folder)))) {
    return join(installed.folder, 'native');
  }
  const copy = join(dataDirectory, `postgres-binaries-${installed.version}`);
  if (!(await exists(copy))) {
    log.info('copying the Postgres binaries to a place where they can run (59 MB, once)');
    await makeCopy(installed.folder, copy, links);
  }
  return copy;
}

/** Copies beside the target and renames at the end: a copy that was cut off is never taken for a whole one. */
async function makeCopy(folder: string, copy: string, links: readonly Link[]): Promise<void> {
  const partial = `${copy}.partial`;
  await rm(partial, { recursive: true, force: true });
  await copyOpenTree(join(folder, 'native'), partial);
  for (const { source, target } of links) {
    await linkUnlessThere(relative(dirname(target), source), join(partial, relative('native', target)));
  }
  await rename(partial, copy);
}

async function linkUnlessThere(source: string, target: string): Promise<void> {
  try {
    await symlink(source, target);
  } catch (error) {
    if (systemErrorCode(error) !== 'EEXIST') {
      throw error;
    }
  }
}

/** npm gives all files of a package the modes of one umask, so that two of them speak for the rest. */
async function canBeRunByOthers(folder: string): Promise<boolean> {
  const samples = ['native/bin/initdb', 'native/share/postgresql/postgres.bki'];
  const readable = await Promise.all(samples.map((sample) => isReadableByOthers(join(folder, sample))));
  return readable.every(Boolean);
}

/** The links that the package's install script would make; npm packages cannot carry links. None on Windows. */
async function readLinks(folder: string): Promise<Link[]> {
  try {
    return JSON.parse(await readFile(join(folder, 'native', 'pg-symlinks.json'), 'utf8')) as Link[];
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') {
      return [];
    }
    throw error;
  }
}

async function allExist(paths: readonly string[]): Promise<boolean> {
  return (await Promise.all(paths.map(exists))).every(Boolean);
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
