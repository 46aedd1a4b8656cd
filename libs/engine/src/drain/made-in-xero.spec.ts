import type { Customer } from '@sync/domain';
import { customer, invoice, payment } from '../testing/records.js';
import { withBothSides } from '../testing/real/both-sides.js';

const HOUR = 3_600_000;

describe('a record that was made in Xero', () => {
  const sides = withBothSides();
  const { clock, open, watching, inCrm, crmRecords, inXero, madeInXero, contactInXero, writes, codes } =
    sides;

  it('is made in the CRM once, and is not posted back', async () => {
    await watching();
    contactInXero('Zoe');
    await sides.bench.later(HOUR, 'customers');
    const [id = ''] = await crmRecords('customers');
    expect(await inCrm('customers', id)).toMatchObject({ name: 'Zoe' });
    await sides.bench.hint('customers', [id], 'event');
    await sides.bench.later(HOUR, 'customers');
    expect(await crmRecords('customers')).toEqual([id]);
    expect(writes()).toEqual({ crm: 1, xero: 0 });
    expect(await sides.bench.statuses('customers')).toEqual({ synced: [id] });
  });

  it('and is then changed in the CRM, is changed in Xero', async () => {
    await watching();
    contactInXero('Zoe');
    await sides.bench.later(HOUR, 'customers');
    const [id = ''] = await crmRecords('customers');
    sides.bench.crm.put('customers', [{ ...((await inCrm('customers', id)) as Customer), phone: '7' }]);
    await sides.bench.hint('customers', [id], 'event');
    await sides.bench.settle();
    expect(inXero('customers')).toMatchObject([{ name: 'Zoe', phone: '7' }]);
  });

  it('is not made where it is older than the day from which on records are pulled', async () => {
    await open();
    contactInXero('Old');
    clock.advance(60_000);
    await sides.bench.drain('customers');
    await sides.bench.later(HOUR, 'customers');
    expect(await crmRecords('customers')).toEqual([]);
  });

  it('is not made where it bears a marker, whoever set it', async () => {
    await watching();
    madeInXero('customers', 'x-1', {}, { name: 'A', marker: '0197f0a0-0000-7000-8000-00000000000f' });
    await sides.bench.later(HOUR, 'customers');
    expect(await crmRecords('customers')).toEqual([]);
  });

  it('waits until the CRM was read, and is linked where the CRM has it', async () => {
    await watching();
    contactInXero('Zoe');
    sides.bench.xero.shelf.edit('customers', 'x-Zoe', { keys: { taxNumber: 'T1' } as never });
    sides.bench.crm.put('customers', [customer('9', { name: 'Zoe Ltd', taxNumber: 'T1' })]);
    clock.advance(HOUR);
    await sides.bench.hint('customers', ['9']);
    await sides.bench.drain('customers');
    await sides.bench.later(10_000, 'customers');
    expect(await sides.bench.record('customers', '9')).toMatchObject({ status: 'synced', xeroId: 'x-Zoe' });
    expect(await crmRecords('customers')).toEqual(['9']);
    expect(await sides.bench.statuses('customers')).toEqual({ synced: ['9'] });
  });

  it('is set aside where the CRM has one of that name that is linked to nothing', async () => {
    await watching();
    sides.bench.crm.put('customers', [customer('9', { name: 'Zoe' })]);
    contactInXero('Zoe');
    clock.advance(HOUR);
    await sides.bench.hint('customers', ['9']);
    await sides.bench.settle();
    await sides.bench.later(HOUR, 'customers');
    expect((await codes()).toSorted()).toEqual(['CUSTOMER_NAME_TAKEN', 'EXISTS_IN_CRM']);
    expect(await crmRecords('customers')).toEqual(['9']);
  });

  it('brings along the contact that it names, though contacts do not flow into the CRM', async () => {
    await watching({ directions: { customers: 'to-xero' } });
    contactInXero('Zoe');
    await sides.bench.later(HOUR, 'customers');
    expect(await crmRecords('customers')).toEqual([]);
    const { id: _id, status: _status, paid: _paid, credited: _credited, ...owned } = invoice('0');
    const date = clock.now().toISOString().slice(0, 10);
    madeInXero('invoices', 'x-inv', { ...owned, customerId: 'x-Zoe', date }, { number: 'INV-0', date });
    await sides.bench.later(HOUR, 'invoices');
    const [customerId = ''] = await crmRecords('customers');
    const [invoiceId = ''] = await crmRecords('invoices');
    expect(await inCrm('customers', customerId)).toMatchObject({ name: 'Zoe' });
    expect(await inCrm('invoices', invoiceId)).toMatchObject({ customerId, number: 'INV-0' });
    expect(sides.bench.xero.calls).toEqual([]);
  });

  it('is a payment of an invoice that is on both sides; one of an unknown invoice is no concern of the CRM', async () => {
    await watching({ directions: { customers: 'to-xero' } });
    sides.bench.crm.put('customers', [customer('1')]);
    sides.bench.crm.put('invoices', [invoice('1')]);
    await sides.bench.hint('invoices', ['1']);
    await sides.bench.settle();
    const [posted] = sides.bench.xero.shelf.records('invoices');
    const { id: _id, ...owned } = payment('0');
    const date = clock.now().toISOString().slice(0, 10);
    madeInXero('payments', 'x-pay', { ...owned, invoiceId: posted?.xeroId }, { date });
    madeInXero('payments', 'x-other', { ...owned, invoiceId: 'x-unknown' }, { date });
    await sides.bench.later(6 * HOUR, 'payments');
    // Xero may know an invoice that was not read yet: only then is it certain that the CRM never had it.
    expect(await sides.bench.statuses('payments')).toMatchObject({ synced: ['new-1'], pending: [''] });
    await sides.bench.drain('invoices');
    await sides.bench.later(60_000, 'payments');
    expect(await sides.bench.statuses('payments')).toEqual({ synced: ['new-1'], excluded: [''] });
    const [id = '', ...others] = await crmRecords('payments');
    expect(await inCrm('payments', id)).toMatchObject({ invoiceId: '1', amount: '50.00' });
    expect(others).toEqual([]);
  });

  it('is one record with the stub that an event of the CRM made before the write was settled', async () => {
    await watching();
    contactInXero('Zoe');
    const settle = sides.bench.parts.stores.operations.settle;
    let told = false;
    const parts = {
      ...sides.bench.parts,
      stores: {
        ...sides.bench.parts.stores,
        operations: {
          ...sides.bench.parts.stores.operations,
          settle: async (...request: Parameters<typeof settle>) => {
            if (!told) await sides.bench.hint('customers', await crmRecords('customers'), 'event');
            told = true;
            return settle(...request);
          },
        },
      },
    };
    clock.advance(HOUR);
    await sides.bench.drain('customers', { parts });
    await sides.bench.settle();
    const [id = ''] = await crmRecords('customers');
    expect(await sides.bench.statuses('customers')).toEqual({ synced: [id] });
    expect(sides.bench.xero.calls).toEqual([]);
  });
});
