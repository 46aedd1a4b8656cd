import { type ErrorKind, type IssueCode, SyncError } from '@sync/domain';

interface Meaning {
  kind: ErrorKind;
  code: IssueCode;
  reason: string;
}

const unreachable = (reason: string): Meaning => ({ kind: 'transient', code: 'CRM_UNREACHABLE', reason });
const refused = (reason: string): Meaning => ({ kind: 'auth', code: 'CRM_ACCESS_REFUSED', reason });
const unknownSchema = (reason: string): Meaning => ({
  kind: 'validation',
  code: 'CRM_SCHEMA_UNKNOWN',
  reason,
});

/** What MySQL, MariaDB, the driver and the socket say, by their codes. */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  ECONNREFUSED: unreachable('nothing listens at its address'),
  ECONNRESET: unreachable('it broke off the connection'),
  EPIPE: unreachable('it broke off the connection'),
  PROTOCOL_CONNECTION_LOST: unreachable('it broke off the connection'),
  EHOSTUNREACH: unreachable('there is no way to its address'),
  ENETUNREACH: unreachable('there is no way to its address'),
  ENOTFOUND: unreachable('its host name is not known'),
  EAI_AGAIN: unreachable('its host name could not be looked up'),
  ETIMEDOUT: unreachable('it did not answer in time'),
  PROTOCOL_SEQUENCE_TIMEOUT: unreachable('it did not answer in time'),
  ER_STATEMENT_TIMEOUT: unreachable('a query took too long'),
  ER_QUERY_TIMEOUT: unreachable('a query took too long'),
  ER_QUERY_INTERRUPTED: unreachable('a query was interrupted'),
  ER_LOCK_WAIT_TIMEOUT: unreachable('a query waited too long for a lock'),
  ER_LOCK_DEADLOCK: unreachable('a query ran into a deadlock'),
  ER_CON_COUNT_ERROR: unreachable('the database has no connection left'),
  ER_TOO_MANY_USER_CONNECTIONS: unreachable('the database user has no connection left'),
  ER_USER_LIMIT_REACHED: unreachable('the database user has used up its limit'),
  ER_SERVER_SHUTDOWN: unreachable('the database is shutting down'),
  ER_HOST_IS_BLOCKED: unreachable('the database has blocked this host after failed connections'),
  HANDSHAKE_NO_SSL_SUPPORT: unreachable('the database does not offer TLS'),
  HANDSHAKE_SSL_ERROR: unreachable('the TLS handshake with the database failed'),
  ER_ACCESS_DENIED_ERROR: refused('the database refused the user name or the password'),
  ER_ACCESS_DENIED_NO_PASSWORD_ERROR: refused('the database refused the user name or the password'),
  ER_HOST_NOT_PRIVILEGED: refused('the database lets nobody in from this host'),
  ER_MUST_CHANGE_PASSWORD: refused('the password of the database user has expired'),
  ER_BAD_DB_ERROR: unknownSchema('there is no database of this name'),
  ER_DBACCESS_DENIED_ERROR: unknownSchema('there is no database of this name, or the user may not read it'),
  ER_TABLEACCESS_DENIED_ERROR: unknownSchema('the database user may not read all of its tables'),
  ER_COLUMNACCESS_DENIED_ERROR: unknownSchema('the database user may not read all of its columns'),
  ER_NO_SUCH_TABLE: unknownSchema('a table has vanished since it was looked at'),
  ER_BAD_FIELD_ERROR: unknownSchema('a column has vanished since it was looked at'),
};

/** 1969 (MariaDB) and 3024 (MySQL) say that a statement ran out of time; the driver has no name for them everywhere. */
const TIMEOUT_NUMBERS = new Set([1969, 3024]);

/**
 * Turns whatever a query threw into a `SyncError`, once, by code. The server's own text stays in `cause`: it may quote
 * values of the query.
 */
export function classifyMysqlError(error: unknown): SyncError {
  if (error instanceof SyncError) return error;
  const { code, errno } = codeOf(error);
  const meaning = TIMEOUT_NUMBERS.has(errno) ? MEANINGS['ER_QUERY_TIMEOUT'] : MEANINGS[code];
  if (meaning === undefined) {
    return new SyncError('bug', `The query failed (${code}).`, {
      code: 'UNEXPECTED',
      meta: { reason: `the query failed with ${code}` },
      cause: error,
    });
  }
  const reason = vanished(error) ?? meaning.reason;
  return new SyncError(meaning.kind, `Perfex database: ${reason}.`, {
    code: meaning.code,
    meta: { reason },
    cause: error,
  });
}

/** Which table is gone: of all that the server's texts quote, a table's name alone is nobody's data. */
function vanished(error: unknown): string | null {
  const { message } = (error ?? {}) as { message?: unknown };
  const table = typeof message === 'string' ? /^Table '[^']*\.(\w+)' doesn't exist/.exec(message)?.[1] : null;
  return table ? `the table ${table} has vanished since it was looked at` : null;
}

/** Whether a connection ended while it was idle, as after a restart of the server: the next one may be good. */
export function isConnectionLost(error: unknown): boolean {
  const { code } = codeOf(error instanceof SyncError ? error.cause : error);
  return ['PROTOCOL_CONNECTION_LOST', 'ECONNRESET', 'EPIPE', 'ER_SERVER_SHUTDOWN'].includes(code);
}

/** The server's own code and text of what went wrong, such as `ER_LOCK_DEADLOCK`. */
export function serverErrorOf(error: unknown): { code: string; text: string } {
  const cause = error instanceof SyncError ? error.cause : error;
  const { message } = (cause ?? {}) as { message?: unknown };
  return { code: codeOf(cause).code, text: typeof message === 'string' ? message : '' };
}

function codeOf(error: unknown): { code: string; errno: number } {
  const { code, errno } = (error ?? {}) as { code?: unknown; errno?: unknown };
  return {
    code: typeof code === 'string' ? code : 'no code',
    errno: typeof errno === 'number' ? errno : 0,
  };
}
