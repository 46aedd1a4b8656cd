import { randomUUID } from 'node:crypto';
import { issueTitle, SyncError } from '@sync/domain';
import { readReferenceData } from '../connect.js';
import type { SettingsChange } from '../ports/stores.js';
import type { DrainBench } from '../testing/drain-bench.js';
import { withRealStorage } from '../testing/real/real-storage.js';
import { customer } from '../testing/records.js';
import { bankAccountOf } from '../testing/scripted-xero.js';

describe('what is refused of reference data', () => {
  const { clock, storage, openBench } = withRealStorage();
  let bench: DrainBench;

  const open = async (settings: SettingsChange) => {
    bench = await openBench({ settings });
    const accounts = ['Savings', 'Safe'].map((name) => bankAccountOf(name));
    bench.xero.reference = { ...bench.xero.reference, accounts };
  };
  const read = async () => {
    clock.advance(24 * 60 * 60_000);
    const { organizationId } = bench;
    const { signal } = new AbortController();
    await readReferenceData(bench.parts, { organizationId, holder: randomUUID(), signal });
  };
  const told = async () =>
    (await bench.issues()).map(({ code, severity, meta }) => [code, severity, issueTitle(code, meta)]);

  it('is an issue that names it with the reason, counts the days, and goes once it works', async () => {
    await open({ writeBack: true, expenseCategoriesFromXero: false });
    const meta = { reason: 'too long' };
    bench.crm.refuse = (key) => (key.endsWith(':bank Safe') ? { code: 'REFUSED_BY_CRM', meta } : null);
    await read();
    const because = 'The CRM refused what comes from Xero: too long.';
    const title = `The CRM did not take these accounts of Xero into its lists: payment mode "Safe" (${because}).`;
    expect(await told()).toEqual([['REFERENCE_REFUSED_BY_CRM', 'warning', title]]);
    await read();
    expect((await bench.issues()).map(({ count }) => count)).toEqual([2]);
    bench.crm.refuse = () => null;
    await read();
    expect(await told()).toEqual([]);
  });

  it('is told of Xero as well, and goes where it is not wanted any more', async () => {
    await open({ createBankAccounts: true });
    bench.crm.lists.paymentModes.push({ id: '2', name: 'Cash', active: true });
    bench.xero.bankAccountFate = new SyncError('validation', 'no more', { code: 'REFUSED_BY_XERO' });
    await read();
    expect((await told()).map(([code]) => code)).toEqual(['REFERENCE_REFUSED_BY_XERO']);
    expect((await told())[0]?.[2]).toContain('payment mode "Cash" (Xero refused this record: no more)');
    await storage.admin.updateSettings(bench.organizationId, { createBankAccounts: false });
    await read();
    expect(await told()).toEqual([]);
  });

  it('holds up nothing', async () => {
    await open({ createBankAccounts: true });
    bench.crm.lists.paymentModes.push({ id: '2', name: 'Cash', active: true });
    bench.xero.bankAccountFate = new SyncError('validation', 'no', { code: 'REFUSED_BY_XERO' });
    await read();
    bench.crm.put('customers', [customer('1')]);
    await bench.hint('customers', ['1']);
    await bench.settle();
    expect(await bench.statuses('customers')).toEqual({ synced: ['1'] });
  });
});
