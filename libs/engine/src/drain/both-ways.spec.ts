import { customer, invoice } from '../testing/records.js';
import { withBothSides } from '../testing/real/both-sides.js';

const HOUR = 3_600_000;

describe('both ways', () => {
  const sides = withBothSides();
  const { storage, open, bound, inCrm, inXero, editInXero, editInCrm, writes, codes } = sides;

  describe('a record that is on both sides', () => {
    it('is written into the CRM where Xero changed it, and then left alone', async () => {
      await open();
      await bound();
      editInXero({ phone: '7' });
      await sides.bench.later(HOUR, 'customers');
      expect(await inCrm('customers', '1')).toMatchObject({ phone: '7', name: 'Customer 1' });
      expect(writes()).toEqual({ crm: 1, xero: 0 });
      await sides.bench.hint('customers', ['1'], 'event');
      await sides.bench.later(HOUR, 'customers');
      expect(writes()).toEqual({ crm: 1, xero: 0 });
      expect(await sides.bench.statuses('customers')).toEqual({ synced: ['1'] });
    });

    it('gets each of several changes in turn: none is taken for the one before', async () => {
      await open();
      await bound();
      const keys: string[] = [];
      sides.bench.crm.refuse = (key) => {
        keys.push(key);
        return null;
      };
      for (const phone of ['7', '8', '7']) {
        editInXero({ phone });
        await sides.bench.later(HOUR, 'customers');
        expect(await inCrm('customers', '1')).toMatchObject({ phone });
      }
      expect(writes()).toEqual({ crm: 3, xero: 0 });
      expect(new Set(keys).size).toBe(3);
    });

    it('is merged where both changed, but not the same field: each side is written once', async () => {
      await open();
      await bound();
      editInXero({ phone: '7' });
      await editInCrm({ taxNumber: 'T1' });
      await sides.bench.later(HOUR, 'customers');
      expect(await inCrm('customers', '1')).toMatchObject({ phone: '7', taxNumber: 'T1' });
      expect(inXero('customers')).toMatchObject([{ phone: '7', taxNumber: 'T1' }]);
      expect(writes()).toEqual({ crm: 1, xero: 1 });
      await sides.bench.later(HOUR, 'customers');
      expect(writes()).toEqual({ crm: 1, xero: 1 });
    });

    it('is merged also where what Xero changed was not read yet when the CRM was written over it', async () => {
      await open();
      await bound();
      editInXero({ name: 'Renamed' });
      await editInCrm({ phone: '7' });
      await sides.bench.settle();
      await sides.bench.later(HOUR, 'customers');
      expect(await inCrm('customers', '1')).toMatchObject({ phone: '7', name: 'Renamed' });
      expect(inXero('customers')).toMatchObject([{ phone: '7', name: 'Renamed' }]);
      expect(writes()).toEqual({ crm: 1, xero: 1 });
      await sides.bench.later(HOUR, 'customers');
      expect(writes()).toEqual({ crm: 1, xero: 1 });
    });

    it('is agreed without a write where both changed to the same', async () => {
      await open();
      await bound();
      editInXero({ phone: '7' });
      await editInCrm({ phone: '7' });
      await sides.bench.later(HOUR, 'customers');
      expect(writes()).toEqual({ crm: 0, xero: 0 });
      editInXero({ phone: '8' });
      await sides.bench.later(HOUR, 'customers');
      expect(await inCrm('customers', '1')).toMatchObject({ phone: '8' });
    });

    it('is decided anew where somebody changed it in the CRM while it was written', async () => {
      await open();
      await bound();
      editInXero({ phone: '7' });
      let meddle = true;
      sides.bench.crm.refuse = () => {
        if (meddle) sides.bench.crm.put('customers', [customer('1', { taxNumber: 'T1' })]);
        meddle = false;
        return null;
      };
      await sides.bench.later(HOUR, 'customers');
      expect(await inCrm('customers', '1')).toMatchObject({ phone: '7', taxNumber: 'T1' });
      expect(inXero('customers')).toMatchObject([{ phone: '7', taxNumber: 'T1' }]);
    });

    it('parks with what the CRM says where the CRM refuses', async () => {
      await open();
      await bound();
      editInXero({ phone: '7' });
      sides.bench.crm.refuse = () => ({ code: 'REFUSED_BY_CRM', meta: { reason: 'no such phone' } });
      await sides.bench.later(HOUR, 'customers');
      expect(await codes()).toEqual(['REFUSED_BY_CRM']);
    });

    it('takes the amounts of a document as one: lines of one side never meet a total of the other', async () => {
      await open();
      await bound();
      sides.bench.crm.put('invoices', [invoice('1')]);
      await sides.bench.hint('invoices', ['1']);
      await sides.bench.settle();
      sides.bench.crm.put('invoices', [invoice('1', { adjustment: '5.00', total: '105.00' })]);
      await sides.bench.hint('invoices', ['1'], 'event');
      editInXero(
        {
          lines: [{ description: 'Less', quantity: '1', unitPrice: '90.00', taxes: [], itemId: null }],
          subtotal: '90.00',
          total: '90.00',
        },
        'invoices',
      );
      await sides.bench.later(HOUR, 'invoices');
      const { items } = await storage.stores.conflicts.list({
        organizationId: sides.bench.organizationId,
        cursor: null,
        limit: 10,
      });
      expect(items.map(({ fields }) => fields.map(({ field }) => field))).toEqual([['amounts']]);
      expect(items[0]?.fields[0]?.xero).toMatchObject({ total: '90.00' });
    });
  });

  it('goes the way that the entity flows, where both sides changed one field, and tells what Xero changed', async () => {
    await open({ writeBack: false, directions: {} });
    await bound();
    editInXero({ phone: 'xero' });
    await sides.bench.later(24 * HOUR, 'customers');
    await editInCrm({ phone: 'crm' });
    await sides.bench.settle();
    expect(inXero('customers')).toMatchObject([{ phone: 'crm' }]);
    expect(writes()).toEqual({ crm: 0, xero: 1 });
    expect(await sides.bench.issues()).toMatchObject([
      { code: 'CHANGED_IN_XERO', meta: { fields: 'phone' } },
    ]);
    expect(await sides.bench.statuses('customers')).toEqual({ synced: ['1'] });
  });
});
