import type { Entity } from '@sync/domain';
import { killedWorker } from '../killed-worker.js';
import { customer, invoice, payment } from '../records.js';
import { type BothSides, withBothSides } from './both-sides.js';
import type { KilledSteps } from './killed-drains.js';

const HOUR = 3_600_000;

/** What was made in Xero is in the CRM once, at whichever of its steps the worker dies that brings it over. */
export function provePullsSurvive({ every, timeoutMs }: KilledSteps): void {
  const sides = withBothSides();

  it(
    'is one record in the CRM, wherever the worker dies',
    async () => {
      for (let at = 1, died = true; died; at += every) {
        await sides.watching();
        sides.contactInXero(`Zoe ${at}`);
        sides.clock.advance(HOUR);
        const worker = await killedAt(sides, 'customers', at);
        died = worker.died();
        await worker.leaseRunsOut();
        await sides.bench.later(HOUR, 'customers');
        expect([at, (await sides.crmRecords('customers')).length]).toEqual([at, 1]);
        expect([at, Object.keys(await sides.bench.statuses('customers'))]).toEqual([at, ['synced']]);
        expect(sides.bench.xero.calls).toEqual([]);
      }
    },
    timeoutMs,
  );

  it.each(['invoices', 'payments'] as const)(
    'is one of the %s in the CRM, wherever the worker dies, though the CRM tells of it meanwhile',
    async (entity) => {
      for (let at = 1, died = true; died; at += every) {
        const before = await madeBeside(sides, entity);
        const { bench, clock, crmRecords } = sides;
        clock.advance(6 * HOUR);
        const worker = await killedAt(sides, entity, at);
        died = worker.died();
        const made = (await crmRecords(entity)).filter((id) => !before.includes(id));
        await bench.hint(entity, made, 'event');
        await worker.leaseRunsOut();
        await bench.later(6 * HOUR, entity);
        await bench.later(60_000, entity);
        expect([at, (await crmRecords(entity)).length]).toEqual([at, before.length + 1]);
        const [id = ''] = (await crmRecords(entity)).filter((one) => !before.includes(one));
        expect([at, await bench.statuses(entity)]).toEqual([at, { synced: [...before, id] }]);
        expect([at, bench.xero.calls.length]).toEqual([at, 0]);
      }
    },
    timeoutMs,
  );
}

async function killedAt({ bench }: BothSides, entity: Entity, at: number) {
  const worker = killedWorker(bench.parts, at);
  await bench.drain(entity, { parts: worker.parts }).catch((error: unknown) => {
    expect(String(error)).toContain('killed');
  });
  return worker;
}

/** Beside an invoice that is on both sides, another one or its payment is made in Xero. Gives what the CRM had before. */
async function madeBeside(sides: BothSides, entity: 'invoices' | 'payments'): Promise<string[]> {
  await sides.watching({ directions: { customers: 'to-xero' } });
  const { bench, clock } = sides;
  bench.crm.put('customers', [customer('1')]);
  bench.crm.put('invoices', [invoice('1')]);
  await bench.hint('invoices', ['1']);
  await bench.settle();
  const before = await sides.crmRecords(entity);
  const date = clock.now().toISOString().slice(0, 10);
  if (entity === 'payments') {
    const invoiceId = bench.xero.shelf.records('invoices')[0]?.xeroId ?? null;
    const { id: _id, ...owned } = payment('0');
    const keys = { date, parentXeroId: invoiceId, total: '50.00' };
    sides.madeInXero('payments', 'x-pay', { ...owned, invoiceId, date }, keys);
  } else {
    const customerId = bench.xero.shelf.records('customers')[0]?.xeroId ?? null;
    const { id: _id, status: _status, paid: _paid, credited: _credited, ...owned } = invoice('0');
    const keys = { number: 'INV-0', date, parentXeroId: customerId, total: owned.total };
    sides.madeInXero('invoices', 'x-inv', { ...owned, customerId, date }, keys);
  }
  bench.xero.calls.length = 0;
  return before;
}
