import type { Readable, Writable } from 'node:stream';
import type { Environment } from '@sync/config';

/** Where a command reads from and writes to. */
export interface Terminal {
  readonly input: Readable;
  /** Results. */
  readonly output: Writable;
  /** Questions and errors, so that results can be redirected. */
  readonly errors: Writable;
  /** Whether a person sits there and can be asked. */
  readonly interactive: boolean;
}

/** Everything that a command takes from outside. */
export interface Surroundings {
  readonly environment: Environment;
  readonly terminal: Terminal;
  /** Called once with the code that the process is to end with. */
  ended(code: 0 | 1): void;
}

/** Writes one line. */
export function say(stream: Writable, line: string): void {
  stream.write(`${line}\n`);
}
