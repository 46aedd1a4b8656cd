import { type DestinationStream, type Logger as PinoLogger, pino } from 'pino';
import { correlationId } from './correlation.js';
import { safeError } from './safe-error.js';
import { safeFields } from './safe-fields.js';

/** Writes structured lines: fields first, then a sentence that holds no data. */
export type Logger = PinoLogger;

/** What a logger is made of. */
export interface LoggerOptions {
  readonly level: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';
  /** Which process writes: `api`, `worker`. */
  readonly role: string;
  /** Default: standard output. */
  readonly destination?: DestinationStream;
}

/** A logger that writes JSON lines; every field passes {@link safeFields}, every error {@link safeError}. */
export function createLogger({ level, role, destination }: LoggerOptions): Logger {
  const options = {
    level,
    base: { role, pid: process.pid },
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: (error: unknown) => safeError(error) },
    formatters: {
      level: (label: string) => ({ level: label }),
      log: safeFields,
    },
    mixin: () => {
      const id = correlationId();
      return id === undefined ? {} : { correlationId: id };
    },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** A file that log lines are added to; only our own user may read it. */
export function logFile(path: string): DestinationStream {
  return pino.destination({ dest: path, mkdir: true, append: true, mode: 0o600, sync: false });
}
