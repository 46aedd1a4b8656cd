import { QueryFailedError } from 'typeorm';

/** Connection lost, server shutting down, too many connections, deadlock, serialization, timeout. */
const TRANSIENT = /^(08...|57P0.|53300|40P01|40001|55P03|57014)$/;
/** Deadlock, serialization, and a row that another transaction removed between its look-up and its use. */
const REPEATABLE: ReadonlySet<string> = new Set(['40P01', '40001', '23503']);

/** The database refused or could not be reached. Its message names no parameter: those are people's data. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  /** SQLSTATE or the system's error code; null where there is none. */
  readonly code: string | null;

  constructor(message: string, code: string | null, cause: unknown) {
    super(message, { cause });
    this.code = code;
  }

  /** Trying again later may help. The driver gives no code when a connection breaks in the middle of something. */
  get transient(): boolean {
    if (this.code === null) return /connect|terminated|timeout/i.test(this.message);
    return TRANSIENT.test(this.code) || /^E[A-Z]+$/.test(this.code);
  }

  /** The transaction lost against another one and can be repeated at once. */
  get repeatable(): boolean {
    return this.code !== null && REPEATABLE.has(this.code);
  }
}

/**
 * What the driver threw, as a `StorageError`. TypeORM's error carries every parameter of the query, which a logger
 * would print: only the driver's own remains.
 */
export function storageError(error: unknown): unknown {
  if (error instanceof StorageError) return error;
  const thrown: unknown = error instanceof QueryFailedError ? error.driverError : error;
  if (!isFault(thrown)) return error;
  const code = typeof thrown.code === 'string' ? thrown.code : null;
  return new StorageError(`Postgres: ${messageOf(thrown)}`, code, thrown);
}

interface Fault {
  message: string;
  code?: unknown;
}

function isFault(error: unknown): error is Fault {
  return (
    typeof error === 'object' && error !== null && 'message' in error && typeof error.message === 'string'
  );
}

/** Node's error of a host with several addresses has a code but no text. */
function messageOf({ message, code }: Fault): string {
  return message === '' && typeof code === 'string' ? code : message;
}
