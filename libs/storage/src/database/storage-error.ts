import { QueryFailedError } from 'typeorm';

/** Connection lost, server shutting down, too many connections, deadlock, serialization, timeout. */
const TRANSIENT = /^(08...|57P0.|53300|40P01|40001|55P03|57014)$/;
const REPEATABLE: ReadonlySet<string> = new Set(['40P01', '40001']);

/** The database refused or could not be reached. Its message names no parameter: those are people's data. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  /** SQLSTATE or the system's error code; null where there is none. */
  readonly code: string | null;

  constructor(message: string, code: string | null, cause: unknown) {
    super(message, { cause });
    this.code = code;
  }

  /** Trying again later may help. */
  get transient(): boolean {
    return this.code === null || TRANSIENT.test(this.code) || /^E[A-Z]+$/.test(this.code);
  }

  /** The transaction lost against another one and can be repeated at once. */
  get repeatable(): boolean {
    return this.code !== null && REPEATABLE.has(this.code);
  }
}

/** TypeORM's error carries every parameter of the query, which a logger would print: only the driver's own remains. */
export function storageError(error: unknown): unknown {
  if (error instanceof StorageError) return error;
  if (error instanceof QueryFailedError) return fromDriver(error.driverError);
  return hasCode(error) ? fromDriver(error) : error;
}

function fromDriver(error: Error): StorageError {
  const code = hasCode(error) ? error.code : null;
  return new StorageError(`Postgres: ${error.message}`, code, error);
}

function hasCode(error: unknown): error is Error & { code: string } {
  return error instanceof Error && 'code' in error && typeof error.code === 'string';
}
