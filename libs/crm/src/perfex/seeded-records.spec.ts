import { decimal, CRM_ENTITIES, type CrmEntity, sum } from '@sync/domain';
import type { CrmPort, CrmReading } from '@sync/engine';
import { describeWith } from '@sync/testing';
import {
  createPerfexDatabase,
  fillPerfexDatabase,
  type PerfexDatabase,
  type PerfexDatabaseOptions,
  perfexLedger,
  SAMPLE_VOLUME,
} from '../../../testing/src/perfex/index.js';
import { openPerfex, sweepPerfex, UNHURRIED } from './testing/open-perfex.js';
import golden from './testing/seeded-records.json';

const VARIANTS: readonly PerfexDatabaseOptions[] = (['3.4.0', '2.9.4'] as const).flatMap((shape) =>
  [true, false].flatMap((strict) => [
    { shape, strict, prefix: 'tbl', charset: 'utf8mb4' as const },
    { shape, strict, prefix: 'crm_', charset: 'utf8' as const },
  ]),
);

async function readAll<E extends CrmEntity>(crm: CrmPort, entity: E): Promise<CrmReading<E>[]> {
  const { changes } = await sweepPerfex(crm, { entity, depth: 'all' });
  const ids = changes.map(({ recordId }) => recordId);
  const readings: CrmReading<E>[] = [];
  for (let at = 0; at < ids.length; at += 200) {
    readings.push(...(await crm.read(entity, ids.slice(at, at + 200), UNHURRIED)));
  }
  return readings;
}

describeWith(['mariadb'], 'reading a Perfex database', () => {
  let perfex: PerfexDatabase;

  afterEach(() => perfex.drop());

  it.each(VARIANTS)(
    'finds the same records in $shape, strict $strict, prefix $prefix, $charset',
    async (variant) => {
      perfex = await createPerfexDatabase(variant);
      const crm = openPerfex(perfex);
      for (const entity of CRM_ENTITIES) expect(await readAll(crm, entity)).toEqual(golden[entity]);
      expect(await crm.reference(UNHURRIED)).toEqual(golden.reference);
      await crm.close();
    },
  );

  it.each(['3.4.0', '2.9.4'] as const)('comes to what the books of %s come to', async (shape) => {
    perfex = await createPerfexDatabase({ shape, seeded: false });
    await fillPerfexDatabase(perfex, SAMPLE_VOLUME);
    const crm = openPerfex(perfex);
    const readings = await readAll(crm, 'invoices');
    await crm.close();
    const { invoices } = (await perfexLedger(perfex)).entities;
    const open = readings.flatMap((reading) =>
      reading.state === 'found' && reading.record.status === 'open' ? [reading.record] : [],
    );
    expect(readings).toHaveLength(1050);
    expect({
      count: open.length,
      total: sum(open.map(({ total }) => total)).toFixed(2),
      tax: sum(open.map(({ totalTax }) => totalTax)).toFixed(2),
      paid: sum(open.map(({ paid }) => paid)).toFixed(2),
      due: sum(open.map(({ total, paid }) => decimal(total).minus(paid))).toFixed(2),
    }).toEqual(invoices);
  });
});
