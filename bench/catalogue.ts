import type { Benchmark } from './benchmark.js';
import { decide } from './decide.js';
import { ledger } from './ledger.js';
import { money } from './money.js';
import { perfex } from './perfex.js';
import { queue } from './queue.js';
import { sync } from './sync.js';

/** Every benchmark by its name. */
export const benchmarks: ReadonlyMap<string, Benchmark> = new Map(
  Object.entries({ money, decide, ledger, queue, perfex, sync }),
);
