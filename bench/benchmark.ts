import type { ServiceName } from '@sync/testing';

/** One measured value; samples of the same name and unit are summed up over all rounds. */
export interface Sample {
  /** What was measured, as it stands in the table. */
  figure: string;
  value: number;
  unit: string;
}

/** What a benchmark works on, set up once for all its rounds. */
export interface Subject {
  /** One round; it measures only what it says, not what it sets up. */
  round(): Promise<Sample[]>;
  /** Default: a round whose samples are thrown away. */
  warmUp?(): Promise<void>;
  close?(): Promise<void>;
}

/** Something that can be measured by name. */
export interface Benchmark {
  /** One line for the list. */
  about: string;
  /** Rounds unless told otherwise. */
  rounds: number;
  /** How many records; absent where the size is fixed. */
  size?: number;
  /** Servers without which it cannot run. */
  needs: readonly ServiceName[];
  /** A server that it measures as well where one answers. */
  mayUse?: ServiceName;
  open(size: number): Promise<Subject>;
}

/** How long `work` took. */
export async function elapsedMs(work: () => unknown): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}
