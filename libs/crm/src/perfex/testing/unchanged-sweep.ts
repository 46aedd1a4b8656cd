import type { CrmEntity } from '@sync/domain';
import { memoryFingerprints } from './memory-fingerprints.js';
import { countingProxy } from './counting-proxy.js';
import { openPerfex, sweepPerfex, type TestPerfex } from './open-perfex.js';

/** What a sweep over unchanged records costs. */
export interface SweepCost {
  /** Records that the first sweep listed. */
  listed: number;
  /** Records that the second one listed. */
  changed: number;
  /** Bytes from the database in the second one, with logging in and looking at the schema. */
  bytes: number;
  firstMs: number;
  secondMs: number;
}

/** Sweeps all of an entity, then once more by a new adapter, as after a restart, and measures that one. */
export async function costOfUnchangedSweep(
  perfex: TestPerfex,
  entity: CrmEntity = 'invoices',
): Promise<SweepCost> {
  const fingerprints = memoryFingerprints();
  const proxy = await countingProxy(perfex.reader);
  const through = { ...perfex, reader: { ...perfex.reader, host: '127.0.0.1', port: proxy.port } };
  try {
    const first = await timed(through, entity, fingerprints);
    proxy.reset();
    const second = await timed(through, entity, fingerprints);
    const { listed: changed, ms: secondMs } = second;
    return { listed: first.listed, changed, bytes: proxy.received(), firstMs: first.ms, secondMs };
  } finally {
    await proxy.close();
  }
}

async function timed(
  perfex: TestPerfex,
  entity: CrmEntity,
  fingerprints: ReturnType<typeof memoryFingerprints>,
) {
  const crm = openPerfex(perfex, { fingerprints });
  const start = performance.now();
  const { changes } = await sweepPerfex(crm, { entity, depth: 'changed' });
  const ms = Math.round(performance.now() - start);
  await crm.close();
  return { listed: changes.length, ms };
}
