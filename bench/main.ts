import { parseArgs } from 'node:util';
import type { Benchmark } from './benchmark.js';
import { benchmarks } from './catalogue.js';
import { measure } from './measure.js';
import { machineLine, type Report, tableOf } from './report.js';
import { openServers } from './servers.js';

const USAGE = `npm run bench -- NAME [--rounds N] [--size N] [--json]

${[...benchmarks].map(([name, { about }]) => `  ${name.padEnd(8)} ${about}`).join('\n')}
`;

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { json: { type: 'boolean' }, rounds: { type: 'string' }, size: { type: 'string' } },
  });
  const [name] = positionals;
  if (name === undefined) return void process.stdout.write(USAGE);
  const benchmark = benchmarks.get(name);
  if (!benchmark) throw new Error(`There is no benchmark "${name}".\n\n${USAGE}`);
  const report = await run(name, benchmark, {
    rounds: count('rounds', values.rounds) ?? benchmark.rounds,
    size: count('size', values.size) ?? benchmark.size,
  });
  process.stdout.write(`${values.json ? JSON.stringify(report, null, 2) : tableOf(report)}\n`);
}

async function run(
  name: string,
  benchmark: Benchmark,
  { rounds, size }: { rounds: number; size: number | undefined },
): Promise<Report> {
  if (size !== undefined && benchmark.size === undefined) throw new Error(`The size of "${name}" is fixed.`);
  const servers = await openServers(benchmark);
  try {
    const figures = await measure(benchmark, { rounds, size: size ?? 0 });
    const machine = machineLine(servers.titles);
    return { name, at: new Date().toISOString(), machine, rounds, size: size ?? null, figures };
  } finally {
    await servers.close();
  }
}

function count(option: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^[1-9]\d{0,6}$/.test(text)) throw new Error(`--${option} takes a number from 1 on, not "${text}".`);
  return Number(text);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
