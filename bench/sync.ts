import { resourceOf } from '../tests/system/sandbox-control.js';
import { openStage, type Stage } from '../tests/system/stage.js';
import { type Benchmark, elapsedMs, type Sample } from './benchmark.js';

const DEADLINE_MS = 10 * 60_000;

/** The whole service against the sandbox: everything of a new organization, until its run has ended. */
export const sync: Benchmark = {
  about: 'first sync of a sample of 1,000 invoices against the sandbox: seconds, calls, peak memory',
  rounds: 3,
  size: 1000,
  needs: ['postgres'],
  open: (size) =>
    Promise.resolve({
      round: () => onStage(size, firstSync),
      warmUp: async () => void (await onStage(50, firstSync)),
    }),
};

async function onStage(size: number, work: (stage: Stage) => Promise<Sample[]>): Promise<Sample[]> {
  const stage = await openStage({ size });
  try {
    return await work(stage);
  } finally {
    await stage.close();
  }
}

async function firstSync(stage: Stage): Promise<Sample[]> {
  await stage.sandbox.forgetCalls();
  const ms = await elapsedMs(() => stage.sync('full', DEADLINE_MS));
  return [
    { figure: 'first sync', value: ms / 1000, unit: 's' },
    ...(await callsByResource(stage)),
    // The kernel's high-water mark of this process, in kilobytes: it never falls, and holds the sandbox too.
    { figure: 'peak memory, sandbox and worker', value: process.resourceUsage().maxRSS / 1024, unit: 'MB' },
  ];
}

async function callsByResource({ sandbox }: Stage): Promise<Sample[]> {
  const calls = await sandbox.calls();
  const byResource = new Map<string, number>();
  for (const call of calls) {
    const resource = `${call.method} ${resourceOf(call)}`;
    byResource.set(resource, (byResource.get(resource) ?? 0) + 1);
  }
  const rows = [...byResource].toSorted(([a], [b]) => a.localeCompare(b));
  return [
    { figure: 'calls', value: calls.length, unit: 'calls' },
    ...rows.map(([resource, value]) => ({ figure: `  ${resource}`, value, unit: 'calls' })),
  ];
}
