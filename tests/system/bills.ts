import {
  doneInCrm,
  doneInXero,
  partnerOf,
  readFromXero,
  type Staged,
  theOne,
  xeroDocuments,
} from './both-sides.js';
import type { LedgerDocument } from './sandbox-control.js';
import { openIssues } from './settled.js';
import type { Stage } from './stage.js';

/** Expenses are booked as bills, and what goes on one side goes on the other. */
export const BILLS = { expensesAs: 'bill', goneFromCrm: 'void', goneFromXero: 'void' } as const;

/** What the CRM knows as an expense is a bill in Xero, and the payment of it. */
export function proveBills(stage: Staged, timeoutMs: number): void {
  it(
    'all of the sample are bills, each paid by one payment, and no money is spent beside them',
    async () => {
      const crm = (await stage().sandbox.crmLedger(true))['expenses'];
      const xero = await stage().sandbox.ledger(true);
      expect(crm?.count).toBeGreaterThan(0);
      expect(xero['bills']).toMatchObject({
        count: crm?.count,
        total: crm?.total,
        paid: crm?.total,
        due: '0.00',
      });
      expect(xero['bill-payments']).toMatchObject({ count: crm?.count, total: crm?.total });
      expect(xero['expenses']).toMatchObject({ count: 0 });
      expect(await codes(stage())).toEqual([]);
    },
    timeoutMs,
  );

  it(
    'made, changed and deleted in the CRM, they are so in Xero, and paid as the CRM says',
    async () => {
      const fields = { amount: '31.07', taxes: [], reference: 'R-1' };
      const id = await doneInCrm(stage(), { action: 'create', entity: 'expenses', fields });
      const billId = await partnerOf(stage(), 'bills', { crmId: id });
      expect(await billOf(stage(), billId)).toMatchObject({ total: '31.07', paid: '31.07', number: 'R-1' });
      for (const [change, expected] of [
        [{ amount: '44.10' }, { total: '44.10', paid: '44.10', number: 'R-1' }],
        [{ reference: 'R-2' }, { total: '44.10', paid: '44.10', number: 'R-2' }],
        [{ amount: '12.00' }, { total: '12.00', paid: '12.00', number: 'R-2' }],
      ]) {
        await doneInCrm(stage(), { action: 'edit', entity: 'expenses', id, fields: change ?? {} });
        expect(await billOf(stage(), billId)).toMatchObject(expected ?? {});
        expect(await codes(stage())).toEqual([]);
      }
      const before = await counts(stage());
      await doneInCrm(stage(), { action: 'delete', entity: 'expenses', id });
      expect(await counts(stage())).toEqual(before.map((count) => count - 1));
      expect(await codes(stage())).toEqual([]);
    },
    timeoutMs,
  );

  it(
    'what is done to them in Xero is told',
    async () => {
      const fields = { amount: '31.09', taxes: [] };
      const id = await doneInCrm(stage(), { action: 'create', entity: 'expenses', fields });
      const paymentId = await partnerOf(stage(), 'bill-payments', { crmId: id });
      const billId = await partnerOf(stage(), 'bills', { crmId: id });
      await doneInXero(stage(), { action: 'delete', entity: 'payment', id: paymentId });
      await readFromXero(stage(), 'invoices', 'payments');
      expect(await codes(stage())).toEqual(['GONE_FROM_XERO']);
      await doneInXero(stage(), { action: 'void', entity: 'bill', id: billId });
      await readFromXero(stage(), 'invoices', 'payments');
      expect(await codes(stage())).toEqual(['GONE_FROM_XERO', 'GONE_FROM_XERO']);
      await doneInCrm(stage(), { action: 'delete', entity: 'expenses', id });
      expect(await codes(stage())).toEqual([]);
    },
    timeoutMs,
  );

  it(
    'what is booked stays what it is when the settings change, and what is new goes by them',
    async () => {
      const fields = { amount: '31.08', taxes: [] };
      const id = await doneInCrm(stage(), { action: 'create', entity: 'expenses', fields });
      const billId = await partnerOf(stage(), 'bills', { crmId: id });
      const before = await counts(stage());
      const { admin } = stage().service.storage;
      await admin.updateSettings(stage().organizationId, { expensesAs: 'spend-money' });
      await doneInCrm(stage(), { action: 'edit', entity: 'expenses', id, fields: { amount: '31.10' } });
      expect(await billOf(stage(), billId)).toMatchObject({ total: '31.10', paid: '31.10' });
      await doneInCrm(stage(), { action: 'create', entity: 'expenses', fields });
      await stage().sync('full');
      await stage().quiet();
      expect(await counts(stage())).toEqual(before);
      expect((await xeroDocuments(stage(), 'expenses')).map(({ total }) => total)).toEqual(['31.08']);
      expect(await codes(stage())).toEqual([]);
    },
    timeoutMs,
  );
}

async function billOf(stage: Stage, id: string): Promise<LedgerDocument> {
  return theOne(await xeroDocuments(stage, 'bills'), (one) => one.id === id);
}

async function counts({ sandbox }: Stage): Promise<number[]> {
  const ledger = await sandbox.ledger(false);
  return ['bills', 'bill-payments'].map((entity) => ledger[entity]?.count ?? 0);
}

async function codes(stage: Stage): Promise<string[]> {
  return (await openIssues(stage)).map(({ code }) => code);
}
