import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Benchmark, Sample } from './benchmark.js';

/** The whole service against the sandbox: everything of a new organization, until its run has ended. */
export const sync: Benchmark = {
  about: 'first sync of a sample of 1,000 invoices against the sandbox: seconds, calls, peak memory',
  rounds: 3,
  size: 1000,
  needs: ['postgres'],
  open: (size) =>
    Promise.resolve({
      round: () => inOwnProcess(size),
      warmUp: async () => void (await inOwnProcess(50)),
    }),
};

async function inOwnProcess(size: number): Promise<Sample[]> {
  const child = fork(join(__dirname, 'sync-round.js'), [String(size)]);
  let samples: Sample[] | undefined;
  child.on('message', (message) => {
    samples = message as Sample[];
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0 || samples === undefined) throw new Error('The first sync failed; its process said why.');
  return samples;
}
