import { openStage, type Stage } from '../tests/system/stage.js';
import { resourceOf } from '../tests/system/sandbox-control.js';
import { elapsedMs, type Sample } from './benchmark.js';

const DEADLINE_MS = 10 * 60_000;

/** One first sync, in a process of its own: the kernel's mark of how much memory was used never falls. */
async function main(): Promise<void> {
  const stage = await openStage({ size: Number(process.argv[2]) });
  try {
    process.send?.(await firstSync(stage));
  } finally {
    await stage.close();
    process.disconnect?.();
  }
}

async function firstSync(stage: Stage): Promise<Sample[]> {
  await stage.sandbox.forgetCalls();
  const ms = await elapsedMs(() => stage.sync('full', DEADLINE_MS));
  const calls = await callsByResource(stage);
  const kilobytes = process.resourceUsage().maxRSS;
  return [
    { figure: 'first sync', value: ms / 1000, unit: 's' },
    ...calls,
    { figure: 'peak memory, sandbox included', value: kilobytes / 1024, unit: 'MB' },
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

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exit(1);
});
