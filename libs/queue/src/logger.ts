/** The part of a structured logger that the queue uses; pino fits. The object holds ids, counts and errors. */
export interface QueueLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}
