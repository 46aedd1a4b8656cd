import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { createInterface as createPrompt } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { reasonOf } from '../reason-of.js';
import type { Terminal } from '../surroundings.js';

const howTo = 'type it when asked, pipe it in, or name a file with --key-file';

/** The key of a CRM: from a file, from a person who types it unseen, or from a pipe. Never from the command line. */
export async function readKey(terminal: Terminal, keyFile: string | null): Promise<string> {
  const key = (await given(terminal, keyFile)).trim();
  if (key === '') throw new Error(`No key was given: ${howTo}`);
  return key;
}

function given(terminal: Terminal, keyFile: string | null): Promise<string> {
  if (keyFile !== null) return fromFile(keyFile);
  return terminal.interactive ? fromPerson(terminal) : fromPipe(terminal);
}

async function fromFile(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new Error(`The key file cannot be read: ${reasonOf(cause)}`, { cause });
  }
}

/** What is typed is echoed into nothing. */
async function fromPerson({ input, errors }: Terminal): Promise<string> {
  errors.write('API key of the CRM (it is not shown): ');
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const prompt = createPrompt({ input, output: nowhere, terminal: true });
  const stop = new AbortController();
  prompt.once('SIGINT', () => stop.abort());
  try {
    return await prompt.question('', { signal: stop.signal });
  } catch (cause) {
    throw new Error('Stopped', { cause });
  } finally {
    prompt.close();
    errors.write('\n');
  }
}

async function fromPipe({ input }: Terminal): Promise<string> {
  for await (const line of createInterface({ input })) return line;
  return '';
}
