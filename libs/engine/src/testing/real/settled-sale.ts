import type { Entity } from '@sync/domain';
import type { SettingsChange } from '../../ports/stores.js';
import type { DrainBench } from '../drain-bench.js';
import { customer, invoice, payment } from '../records.js';
import type { RealStorage } from './real-storage.js';

/** A bench with customer 1, an invoice and its payment on both sides; nothing is due. */
export async function openSettledSale(
  { clock, openBench }: Pick<RealStorage, 'clock' | 'openBench'>,
  settings: SettingsChange = {},
): Promise<DrainBench> {
  const bench = await openBench({ settings: { writeBack: true, ...settings } });
  await bench.listed('customers', 'invoices', 'payments');
  bench.crm.put('customers', [customer('1')]);
  bench.crm.put('invoices', [invoice('1')]);
  bench.crm.put('payments', [payment('1')]);
  for (const entity of ['customers', 'invoices', 'payments'] as const) await bench.hint(entity, ['1']);
  await bench.settle();
  clock.advance(1000);
  bench.xero.calls.length = 0;
  bench.crm.calls.write = 0;
  return bench;
}

/** The statuses of what Xero has of an entity. */
export function statusesInXero({ xero }: DrainBench, entity: Entity) {
  return xero.shelf.records(entity).map(({ derived }) => derived.status);
}

/** Invoice 1 is cancelled in the CRM, which tells of it; what follows is done. */
export async function cancelInCrm(bench: DrainBench): Promise<void> {
  bench.crm.put('invoices', [invoice('1', { status: 'cancelled' })]);
  await bench.hint('invoices', ['1'], 'event');
  await bench.settle();
}
