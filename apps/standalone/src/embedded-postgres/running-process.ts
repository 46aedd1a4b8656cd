import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { systemErrorCode } from '../start-error.js';

/**
 * Whether a process with this id runs. Ids are given out again, so this alone does not say that it is the same one. A zombie
 * does not run: in a container whose first process does not collect its children, a killed process stays one for ever.
 */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return statFields(pid)?.[0] !== 'Z';
  } catch (error) {
    return systemErrorCode(error) === 'EPERM';
  }
}

/**
 * The command line of a process, its arguments separated by spaces. Empty for a zombie; undefined when there is no such
 * process or, as on Windows, no way to tell.
 */
export function commandLine(pid: number): string | undefined {
  return procFile(pid, 'cmdline')?.replaceAll('\0', ' ') ?? ps(pid, 'command=');
}

/**
 * What tells this process from a later one with the same id: the boot and the tick at which it began, or its start time.
 * Undefined when there is no such process or, as on Windows, no way to tell.
 */
export function birthMark(pid: number): string | undefined {
  const fields = statFields(pid);
  return fields === undefined ? ps(pid, 'lstart=') : `${bootId()}/${fields[START_TICK]}`;
}

/** Where the start time stands among the fields after the name. */
const START_TICK = 19;

/** `/proc/<pid>/stat` from the state on; before it is the program's name in brackets, which may hold spaces and brackets. */
function statFields(pid: number): string[] | undefined {
  const stat = procFile(pid, 'stat');
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Ticks count from the boot, so that they alone would say the same after it. */
function bootId(): string {
  return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
}

function procFile(pid: number, name: string): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return undefined;
  }
}

/** The way of macOS and the BSDs, which have no /proc. */
function ps(pid: number, column: string): string | undefined {
  if (process.platform === 'win32') {
    return undefined;
  }
  try {
    return execFileSync('ps', ['-ww', '-p', String(pid), '-o', column], { stdio: 'pipe' })
      .toString()
      .trim();
  } catch {
    return undefined;
  }
}
