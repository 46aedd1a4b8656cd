import { chmod, chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartError, systemErrorCode } from '../start-error.js';
import { explainFailure } from './explain-failure.js';
import { runProgram } from './postgres-program.js';
import type { ServerAccount } from './server-account.js';

/** The role that owns everything in the embedded Postgres. */
export const OWNER_ROLE = 'crm_xero_sync';

/** What a cluster (Postgres' word for a data folder) is made of. */
export interface ClusterOptions {
  /** Where the cluster is, or shall be. */
  folder: string;
  binaries: string;
  /** Version of the binaries. */
  version: string;
  account: ServerAccount | undefined;
  password: string;
}

/** Makes the cluster unless it is there; says whether it was made. Refuses one that another major version made. */
export async function ensureCluster(options: ClusterOptions): Promise<boolean> {
  const made = await clusterVersion(options.folder);
  if (made === undefined) {
    await createCluster(options);
    return true;
  }
  if (made !== options.version.split('.')[0]) {
    throw new StartError(
      `The data in ${options.folder} was written by Postgres ${made}; the installed one is ${options.version}.`,
      `Move ${options.folder} away to begin anew, or go back to the release that wrote it.`,
    );
  }
  return false;
}

async function clusterVersion(folder: string): Promise<string | undefined> {
  try {
    return (await readFile(join(folder, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') {
      return undefined;
    }
    throw explainFailure({ what: 'The data cannot be read', where: folder, cause: error });
  }
}

/** Works beside the target and renames at the end: a first start that was cut off leaves nothing half made. */
async function createCluster(options: ClusterOptions): Promise<void> {
  const partial = `${options.folder}.partial`;
  const passwordFile = `${options.folder}.password`;
  try {
    await rm(partial, { recursive: true, force: true });
    await mkdir(partial, { mode: 0o700 });
    await writeFile(passwordFile, options.password, { mode: 0o600 });
    await chmod(passwordFile, 0o600);
    await giveTo(options.account, [partial, passwordFile]);
    await runInitdb(options, partial, passwordFile);
    await rename(partial, options.folder);
  } catch (error) {
    throw error instanceof StartError
      ? error
      : explainFailure({ what: 'Postgres could not be set up', where: options.folder, cause: error });
  } finally {
    await rm(passwordFile, { force: true });
  }
}

async function giveTo(account: ServerAccount | undefined, paths: readonly string[]): Promise<void> {
  for (const path of account === undefined ? [] : paths) {
    await chown(path, account?.uid ?? 0, account?.gid ?? 0);
  }
}

async function runInitdb(options: ClusterOptions, folder: string, passwordFile: string): Promise<void> {
  const access = ['-D', folder, '-U', OWNER_ROLE, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`];
  // A locale of Postgres' own: sorts and lower-cases alike on every machine, whichever locales it has.
  const locale = ['--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C'];
  const { code, output } = await runProgram(join(options.binaries, 'bin', 'initdb'), [...access, ...locale], {
    account: options.account,
    cwd: folder,
  });
  if (code !== 0) {
    throw explainFailure({ what: 'Postgres could not be set up', where: folder, output });
  }
}
