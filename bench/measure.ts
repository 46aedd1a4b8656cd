import type { Benchmark, Sample, Subject } from './benchmark.js';

/** A figure over all rounds. */
export interface Figure {
  figure: string;
  median: number;
  min: number;
  max: number;
  unit: string;
}

/** How a benchmark is run. */
export interface MeasureOptions {
  rounds: number;
  size: number;
}

/** Warms up, runs all rounds one after another, and sums up what they measured. */
export async function measure(benchmark: Benchmark, { rounds, size }: MeasureOptions): Promise<Figure[]> {
  const subject = await benchmark.open(size);
  try {
    await (subject.warmUp?.() ?? subject.round());
    return summarize(await allRounds(subject, rounds));
  } finally {
    await subject.close?.();
  }
}

async function allRounds(subject: Subject, rounds: number): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (let round = 0; round < rounds; round += 1) {
    samples.push(...(await subject.round()));
  }
  return samples;
}

function summarize(samples: readonly Sample[]): Figure[] {
  const byFigure = new Map<string, Sample[]>();
  for (const sample of samples) {
    byFigure.set(sample.figure, [...(byFigure.get(sample.figure) ?? []), sample]);
  }
  return [...byFigure.values()].flatMap((found) => {
    const [first] = found;
    return first ? [{ figure: first.figure, ...spread(found), unit: first.unit }] : [];
  });
}

function spread(samples: readonly Sample[]): Pick<Figure, 'median' | 'min' | 'max'> {
  const values = samples.map(({ value }) => value);
  return { median: percentile(values, 50), min: Math.min(...values), max: Math.max(...values) };
}

/** The value below which `percent` of all lie; the median of an even count is its upper middle. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const index = Math.min(sorted.length - 1, Math.floor((sorted.length * percent) / 100));
  return sorted[index] ?? Number.NaN;
}
