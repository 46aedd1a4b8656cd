/** Where the parts of a start tell what they do; a pino logger fits. */
export interface StartLog {
  info(message: string): void;
  warn(message: string): void;
}
