import { isNativeError } from 'node:util/types';
import { StartError, systemErrorCode } from '../start-error.js';

interface Explanation {
  pattern: RegExp;
  advice: string;
}

const EXPLANATIONS: readonly Explanation[] = [
  {
    pattern: /No space left on device|Check free disk space|ENOSPC/i,
    advice: 'The disk is full: free at least 300 MB there and start again.',
  },
  {
    pattern: /Read-only file system|EROFS/i,
    advice: 'The folder is on a read-only file system: use a clone on a disk that can be written.',
  },
  {
    pattern: /Permission denied|EACCES|EPERM|Operation not permitted/i,
    advice:
      'Check that this user owns the folder, and that its disk is not mounted "noexec"; after a start with sudo, "sudo chown -R $(id -un) .data" gives it back.',
  },
  {
    pattern: /could not look up effective user ID|EINVAL/i,
    advice: 'This container has no user 65534 ("nobody"): start as an ordinary user, or set DATABASE_URL.',
  },
  {
    pattern: /error while loading shared libraries|spawn \S+ ENOENT/i,
    advice: 'A part of the binaries is missing: run "npm ci" again on this machine, or set DATABASE_URL.',
  },
  {
    pattern: /could not (create|map|resize|open) (anonymous )?shared memory/i,
    advice: 'There is too little shared memory: give the container more (docker run --shm-size=256m).',
  },
];

const OTHERWISE = 'If this does not help, set DATABASE_URL to a Postgres of your own.';

/** What failed: a program's output, or the error of a system call, at a folder or file. */
export interface Failure {
  what: string;
  where: string;
  output?: string;
  cause?: unknown;
}

/** Turns a failure of the embedded Postgres into a message that says what to do. */
export function explainFailure({ what, where, output = '', cause }: Failure): StartError {
  const code = systemErrorCode(cause) ?? '';
  const said = output.trim() || (isNativeError(cause) ? cause.message : code);
  const known = EXPLANATIONS.find(({ pattern }) => pattern.test(`${code} ${said}`));
  return new StartError(
    `${what} (in ${where}):\n${essence(said)}`,
    known?.advice ?? OTHERWISE,
    cause === undefined ? {} : { cause },
  );
}

/** The lines that name a fault; initdb in particular tells a long story around them. */
function essence(text: string): string {
  const lines = text.split('\n');
  const faults = lines.filter((line) => /FATAL|PANIC|ERROR|HINT|error|could not/.test(line));
  return (faults.length > 0 ? faults : lines).slice(-6).join('\n');
}
