import { processEnvironment } from '@sync/config';
import { createProgram } from './program.js';
import { reasonOf } from './reason-of.js';

// Whoever reads along may stop reading, as `head` does; there is nobody left to tell.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit();
  throw error;
});

const program = createProgram({
  environment: processEnvironment(),
  terminal: {
    input: process.stdin,
    output: process.stdout,
    errors: process.stderr,
    interactive: process.stdin.isTTY && process.stderr.isTTY,
  },
  ended: (code) => {
    process.exitCode = code;
  },
});

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`${reasonOf(error)}\n`);
  process.exitCode = 1;
});
