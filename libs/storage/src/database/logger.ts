/** The part of a structured logger that storage uses; pino fits. The object holds ids, counts and codes. */
export interface StorageLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
}

/** Says nothing. */
export const silentLogger: StorageLogger = { info: () => undefined, warn: () => undefined };
