import { type BothBooks, bothBooks } from './both-books.js';
import { disagreements, documentsAmong } from './disagreements.js';
import { playHistory } from './history.js';
import { readEverything, writesOfAnotherReading } from './stillness.js';
import { openWorld, type World } from './world.js';

/** Histories that are played on both sides. */
export interface ConvergenceProof {
  seeds: readonly number[];
  edits: number;
  /** Invoices of the sample CRM to begin with. */
  size: number;
  timeoutMs: number;
}

/** After so many both sides have to agree: what one finds may give another something to do. */
const READINGS = 3;

/**
 * Whatever people do on both sides, and whatever is told of it: in the end both agree to the cent, or a record says why
 * not; nothing is written any more, and nothing is there twice. `CONVERGENCE_SEED` plays one seed again, or several, such
 * as `3,17`.
 */
export function proveConvergence({ seeds, edits, size, timeoutMs }: ConvergenceProof): void {
  it.each(chosen(seeds))(
    'CONVERGENCE_SEED=%i',
    async (seed) => {
      const world = await openWorld(seed, size);
      try {
        const before = await bothBooks(world.stage);
        const { log, made } = await playHistory(world, edits);
        for (let reading = 0; reading < READINGS; reading += 1) await readEverything(world);
        const writes = await writesOfAnotherReading(world);
        const books = await bothBooks(world.stage);
        console.info(`CONVERGENCE_SEED=${seed}: ${log.length} edits, ${summaryOf(world, books)}`);
        const found = { writes, disagreements: disagreements(books) };
        if (writes.length + found.disagreements.length > 0) console.info(log.join('\n'));
        expect(found).toEqual({ writes: [], disagreements: [] });
        expect(documentsAmong(books).length).toBeLessThanOrEqual(documentsAmong(before).length + made);
      } finally {
        await world.stage.close();
      }
    },
    timeoutMs,
  );
}

/** The seeds that the environment names, to play them again; else those of the proof. */
function chosen(seeds: readonly number[]): readonly number[] {
  const given = process.env['CONVERGENCE_SEED'];
  if (!given) return seeds;
  const named = given.split(',').map(Number);
  if (named.every(Number.isInteger)) return named;
  throw new Error(`CONVERGENCE_SEED is a seed, or several such as 3,17; not ${given}`);
}

function summaryOf({ settings }: World, { records, reasons }: BothBooks): string {
  const statuses = countOf(records.map(({ status }) => status));
  return JSON.stringify({ ...settings, records: statuses, reasons: countOf([...reasons.values()].flat()) });
}

function countOf(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
