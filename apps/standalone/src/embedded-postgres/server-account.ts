import { StartError } from '../start-error.js';

/** The user that Postgres runs as, when that is not our own. */
export interface ServerAccount {
  uid: number;
  gid: number;
}

/** `nobody` and `nogroup`: initdb wants a user that the system knows, and this one is there on every Linux. */
const NOBODY: ServerAccount = { uid: 65534, gid: 65534 };

/** Postgres refuses to run as root: then it runs as `nobody`; else, as we do (undefined). */
export function serverAccount(): ServerAccount | undefined {
  if (process.getuid?.() !== 0) {
    return undefined;
  }
  if (process.platform !== 'linux') {
    throw new StartError(
      'The embedded Postgres cannot be started by root on this system.',
      'Start as an ordinary user (without sudo), or set DATABASE_URL to a Postgres of your own.',
    );
  }
  return NOBODY;
}
