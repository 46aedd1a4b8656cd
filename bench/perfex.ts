import { costOfUnchangedSweep } from '@sync/crm/dist/perfex/testing/unchanged-sweep.js';
import {
  createPerfexDatabase,
  fillPerfexDatabase,
  type PerfexDatabase,
} from '@sync/testing/dist/perfex/index.js';
import type { Benchmark, Sample } from './benchmark.js';

/** Finding out that nothing changed in a Perfex database; the bytes are those that the wire carries. */
export const perfex: Benchmark = {
  about: 'sweep 20,000 (or --size 200000) unchanged invoices of a Perfex database: seconds and bytes',
  rounds: 3,
  size: 20_000,
  needs: ['mariadb'],
  open: async (size) => {
    const database = await createPerfexDatabase({ seeded: false });
    const volume = {
      customers: Math.ceil(size / 10),
      items: 40,
      invoices: size,
      payments: Math.floor(size * 0.7),
    };
    await fillPerfexDatabase(database, volume);
    return { round: () => sweepTwice(database), close: () => database.drop() };
  },
};

async function sweepTwice(database: PerfexDatabase): Promise<Sample[]> {
  const { listed, changed, bytes, firstMs, secondMs } = await costOfUnchangedSweep(database);
  return [
    { figure: 'first sweep', value: firstMs / 1000, unit: 's' },
    { figure: 'listed by it', value: listed, unit: 'invoices' },
    { figure: 'sweep with nothing changed', value: secondMs / 1000, unit: 's' },
    { figure: 'listed as changed', value: changed, unit: 'invoices' },
    { figure: 'read from the database', value: bytes, unit: 'bytes' },
  ];
}
