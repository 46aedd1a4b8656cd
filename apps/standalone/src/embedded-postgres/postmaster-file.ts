import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { systemErrorCode } from '../start-error.js';

/** What a running server writes into `postmaster.pid` in its data folder. */
export interface PostmasterFile {
  pid: number;
  port: number;
  /** `starting`, `ready`, `stopping`; empty in the first moments. */
  status: string;
}

/** Where it stands. */
export function postmasterFilePath(cluster: string): string {
  return join(cluster, 'postmaster.pid');
}

/** Reads it: lines 1, 4 and 8 of the format; undefined when no server left one. */
export async function readPostmasterFile(cluster: string): Promise<PostmasterFile | undefined> {
  try {
    const lines = (await readFile(postmasterFilePath(cluster), 'utf8')).split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), status: (lines[7] ?? '').trim() };
  } catch (error) {
    if (systemErrorCode(error) === 'ENOENT') {
      return undefined;
    }
    throw error;
  }
}
