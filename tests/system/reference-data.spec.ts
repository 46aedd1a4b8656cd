import { waitUntil } from '@sync/testing';
import type { ApiStage } from './api-stage.js';
import {
  crmLists,
  inCrm,
  inXero,
  mappingOf,
  only,
  openReferenceStage,
  readXeroOnly,
  refreshed,
  type ShownReference,
} from './reference-data.js';
import { resourceOf } from './sandbox-control.js';
import { openIssues } from './settled.js';

/** The limit of Xero's calls a minute may be reached. */
const TIMEOUT_MS = 90_000;
/** Xero's own, to which nobody can book. */
const SYSTEM = /^(Unr|R)ealised Currency Gains$/;
const EXPENSES = ['EXPENSE', 'OVERHEADS', 'DIRECTCOSTS'];

interface Booked {
  BankTransactions: {
    Type: string;
    Status: string;
    Contact: { ContactID: string };
    LineItems: { AccountCode: string }[];
  }[];
}

interface Paid {
  Payments: { Reference?: string; Amount: number; Account: { AccountID: string } }[];
}

describe('reference data of both sides', () => {
  let stage: ApiStage;
  beforeAll(async () => {
    stage = await openReferenceStage();
  }, TIMEOUT_MS);
  afterAll(() => stage.close());

  describe('the chart of accounts is pulled', () => {
    it(
      'as a copy: looking at it asks Xero nothing, and a refresh brings what was added since',
      async () => {
        const fields = { Code: '487', Name: 'Conferences', Type: 'EXPENSE' };
        await stage.sandbox.inXero({ action: 'create', entity: 'account', fields });
        await stage.sandbox.forgetCalls();
        const lists = await crmLists(stage);
        const before = await stage.get<ShownReference>('reference');
        expect(before.accounts.map(({ code }) => code)).not.toContain('487');
        expect(await stage.sandbox.calls()).toEqual([]);
        const after = await refreshed(stage);
        expect(only(after.accounts, 'Conferences')).toMatchObject({ code: '487', type: 'EXPENSE' });
        const asked = (await stage.sandbox.calls()).map(resourceOf);
        expect(asked.filter((resource) => resource === 'Accounts')).toHaveLength(1);
        expect(after.documents).not.toBeNull();
        // What flowed before flows no second time.
        const { paymentModes, expenseCategories } = await crmLists(stage);
        expect(paymentModes).toEqual(lists.paymentModes);
        expect(expenseCategories).toHaveLength(lists.expenseCategories.length + 1);
      },
      TIMEOUT_MS,
    );
  });

  describe('payment methods ⇄ bank accounts', () => {
    it(
      'a bank account of Xero becomes a payment method of the CRM, once, and is mapped',
      async () => {
        const { bankAccounts } = await stage.get<ShownReference>('reference');
        const lists = await crmLists(stage);
        const savings = only(bankAccounts, 'Reserve Savings');
        const mode = only(lists.paymentModes, 'Reserve Savings');
        expect(await mappingOf(stage, 'payment-mode', mode.id)).toEqual({
          value: savings.accountId,
          source: 'confirmed',
        });
      },
      TIMEOUT_MS,
    );

    it(
      'a payment method of the CRM gets a bank account of its name in Xero, and its payments go there',
      async () => {
        const { admin } = stage.service.storage;
        await admin.updateSettings(stage.organizationId, { createBankAccounts: true });
        const { id: mode } = await inCrm<{ id: string }>(stage, 'reference/payment-modes', {
          key: 'by-hand',
          name: 'Petty Cash Box',
        });
        await stage.sandbox.setFaults([
          { kind: 'reset-after-commit', nth: 1, times: 1, method: 'PUT', path: '/Accounts' },
        ]);
        await refreshed(stage);
        const isMapped = async () => {
          const { value, source } = await mappingOf(stage, 'payment-mode', mode);
          // A reading that began before may have suggested another account.
          return source === 'confirmed' ? (value ?? undefined) : undefined;
        };
        const accountId = await waitUntil(isMapped, { timeoutMs: 30_000, what: 'the method to be mapped' });
        await stage.sandbox.setFaults([]);
        const { bankAccounts } = await stage.get<ShownReference>('reference');
        expect(only(bankAccounts, 'Petty Cash Box')).toMatchObject({ accountId, active: true });
        const [id = ''] = await stage.sandbox.inCrm({
          action: 'create',
          entity: 'payments',
          fields: { mode },
        });
        await stage.event('payments', id);
        await stage.quiet();
        const { Payments } = await inXero<Paid>(stage, 'Payments');
        expect(Payments.filter(({ Account }) => Account.AccountID === accountId)).toHaveLength(1);
        expect(await openIssues(stage)).toEqual([]);
      },
      TIMEOUT_MS,
    );
  });

  describe('expense categories ⇄ accounts', () => {
    it(
      'every expense account of Xero that no category stands for becomes one of the CRM, and is mapped',
      async () => {
        const { accounts, crm } = await stage.get<ShownReference>('reference');
        const { items } = await stage.get<{ items: { kind: string; value: string | null }[] }>('mappings');
        const mapped = items.flatMap(({ kind, value }) => (kind === 'expense-category' ? [value] : []));
        const wanted = accounts.filter(
          ({ active, type, name }) => active && EXPENSES.includes(type) && !SYSTEM.test(name),
        );
        expect(wanted.length).toBeGreaterThan(10);
        expect(wanted.filter(({ code }) => !mapped.includes(code))).toEqual([]);
        const category = only(crm.expenseCategories, 'Conferences');
        expect(await mappingOf(stage, 'expense-category', category.id)).toEqual({
          value: '487',
          source: 'confirmed',
        });
      },
      TIMEOUT_MS,
    );

    it(
      'an expense of such a category is booked to its account',
      async () => {
        const { id: categoryId } = only((await crmLists(stage)).expenseCategories, 'Conferences');
        const fields = { categoryId, taxes: [] };
        const [id = ''] = await stage.sandbox.inCrm({ action: 'create', entity: 'expenses', fields });
        await stage.event('expenses', id);
        await stage.quiet();
        const { BankTransactions } = await inXero<Booked>(stage, 'BankTransactions?page=1&pageSize=1000');
        const lines = BankTransactions.flatMap(({ LineItems }) => LineItems);
        expect(lines.filter(({ AccountCode }) => AccountCode === '487')).toHaveLength(1);
        expect(await openIssues(stage)).toEqual([]);
      },
      TIMEOUT_MS,
    );

    it(
      'money that was spent on such an account in Xero arrives as an expense of its category',
      async () => {
        const { id: categoryId } = only((await crmLists(stage)).expenseCategories, 'Conferences');
        const { BankTransactions } = await inXero<Booked>(stage, 'BankTransactions?page=1&pageSize=1000');
        const fields = {
          Contact: { ContactID: BankTransactions[0]?.Contact.ContactID },
          LineAmountTypes: 'Exclusive',
          LineItems: [
            {
              Description: 'Ticket',
              Quantity: '1',
              UnitAmount: '77.00',
              AccountCode: '487',
              TaxType: 'NONE',
            },
          ],
        };
        await stage.sandbox.inXero({ action: 'create', entity: 'banktransaction', fields });
        await readXeroOnly(stage);
        const arrived = await waitUntil(
          async () => {
            const { documents = [] } = (await stage.sandbox.crmLedger(true))['expenses'] ?? {};
            return documents.find(({ total }) => total === '77.00');
          },
          { timeoutMs: TIMEOUT_MS, what: 'the expense to be in the CRM' },
        );
        const { records } = await inCrm<{ records: object[] }>(stage, `expenses?ids=${arrived.id}`);
        expect(records).toMatchObject([{ categoryId, categoryName: 'Conferences', amount: '77.00' }]);
      },
      TIMEOUT_MS,
    );
  });
});
