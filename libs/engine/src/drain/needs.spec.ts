import type { Mapping } from '../ports/stores.js';
import type { References } from '../ports/xero.js';
import type { DrainBench } from '../testing/drain-bench.js';
import { withRealStorage } from '../testing/real/real-storage.js';
import { customer, expense, invoice, payment, purchaseOrder } from '../testing/records.js';
import { xeroRecord } from '../testing/scripted-xero.js';

const VAT = { name: 'VAT', rate: '20' };
const chosen = (kind: Mapping['kind'], key: string, value: string): Mapping => ({
  kind,
  key,
  label: `label of ${key}`,
  value,
  source: 'confirmed',
  reason: null,
});

describe('what a record needs to be chosen', () => {
  const { clock, storage, openBench } = withRealStorage();
  let bench: DrainBench;
  let sent: References | null;

  const open = async (...mappings: Mapping[]) => {
    bench = await openBench({ confirmed: false });
    if (mappings.length > 0) await choose(...mappings);
    await storage.stores.mappings.confirm(bench.organizationId, clock.now());
    sent = null;
    bench.xero.onEncode(({ references }) => {
      sent = references;
      return null;
    });
  };
  const choose = (...mappings: Mapping[]) => storage.stores.mappings.save(bench.organizationId, mappings);
  const put: DrainBench['crm']['put'] = (entity, records) => bench.crm.put(entity, records);
  const issues = async () => (await bench.issues()).map(({ code, meta }) => ({ code, ...meta }));

  const NO_TAX = chosen('tax', 'none', 'NONE');
  const ROUNDING = chosen('account', 'rounding', '860');
  const EXPENSES = chosen('account', 'expenses', '429');
  const CASH = chosen('payment-mode', 'none', 'bank-1');

  it('customers and taxes go through while no account is chosen; an invoice says which one it lacks', async () => {
    await open();
    put('customers', [customer('1')]);
    put('invoices', [invoice('1', {}, [VAT])]);
    await bench.hint('invoices', ['1']);
    await bench.settle();
    expect(await bench.statuses('customers')).toEqual({ synced: ['1'] });
    expect(await bench.statuses('taxes')).toEqual({ synced: ['VAT|20'] });
    expect(await issues()).toEqual([{ code: 'ACCOUNT_NOT_MAPPED', purpose: 'sales', key: 'sales' }]);
    await choose(chosen('account', 'sales', '200'), ROUNDING);
    await bench.settle();
    expect(await bench.statuses('invoices')).toEqual({ synced: ['1'] });
  });

  it('a suggestion that nobody confirmed is no choice', async () => {
    await open(ROUNDING);
    const suggested = { ...chosen('account', 'sales', '200'), source: 'suggested' as const };
    await storage.stores.mappings.suggest(bench.organizationId, [suggested]);
    put('customers', [customer('1')]);
    put('invoices', [invoice('1')]);
    await bench.hint('invoices', ['1']);
    await bench.settle();
    expect((await issues()).map(({ code }) => code)).toEqual(['ACCOUNT_NOT_MAPPED']);
  });

  it('an expense goes to the account of its category, else to that of expenses in general', async () => {
    await open(NO_TAX, ROUNDING, CASH);
    put('expenses', [expense('1', { categoryId: '4', categoryName: 'Travel' })]);
    await bench.hint('expenses', ['1']);
    await bench.settle();
    expect(await issues()).toEqual([{ code: 'EXPENSE_CATEGORY_NOT_MAPPED', category: 'Travel', key: '4' }]);
    await choose(EXPENSES);
    await bench.settle();
    expect(await bench.statuses('expenses')).toEqual({ synced: ['1'] });
    expect(sent?.accounts.expenses).toBe('429');
    expect(sent?.expenseAccounts).toEqual(new Map());
    await choose(chosen('expense-category', '4', '493'));
    put('expenses', [expense('2', { categoryId: '4' })]);
    await bench.hint('expenses', ['2']);
    await bench.settle();
    expect(sent?.expenseAccounts.get('4')).toBe('493');
  });

  it('an expense of which the CRM knows neither vendor nor mode has both from the settings', async () => {
    await open(NO_TAX, ROUNDING, EXPENSES);
    put('expenses', [expense('1')]);
    await bench.hint('expenses', ['1']);
    await bench.settle();
    expect(await issues()).toEqual([{ code: 'PAYMENT_MODE_NOT_MAPPED', mode: 'none', key: 'none' }]);
    await choose(CASH);
    await bench.settle();
    expect(await bench.statuses('vendors')).toEqual({ synced: ['fallback|Sundry suppliers'] });
    expect(await bench.statuses('expenses')).toEqual({ synced: ['1'] });
    expect(sent?.bankAccounts.get('none')).toBe('bank-1');
    expect(sent?.parents.get('vendors')?.get('fallback|Sundry suppliers')).toMatch(/^x-vendors/);
  });

  it('no supplier is made to stand in while no expense can go', async () => {
    await open(NO_TAX, ROUNDING, CASH);
    put('expenses', [expense('1'), expense('2', { taxes: [VAT], total: '60.00' })]);
    await bench.hint('expenses', ['1', '2']);
    await bench.settle();
    expect((await issues()).map(({ code }) => code)).toContain('EXPENSE_CATEGORY_NOT_MAPPED');
    expect(bench.xero.calls.filter(({ entity }) => entity === 'vendors')).toEqual([]);
    expect(await bench.statuses('vendors')).toEqual({});
    expect((await bench.statuses('expenses')).parked).toEqual(['1', '2']);
  });

  it('the supplier of expenses without one may be a contact that is in Xero already', async () => {
    await open(NO_TAX, ROUNDING, EXPENSES, CASH);
    bench.xero.shelf.put('vendors', xeroRecord('petty', { name: 'Sundry Suppliers' }, clock.now()));
    put('expenses', [expense('1')]);
    await bench.hint('expenses', ['1']);
    await bench.settle();
    expect(bench.xero.calls.map(({ entity }) => entity)).toEqual(['expenses']);
    expect(sent?.parents.get('vendors')?.get('fallback|Sundry suppliers')).toBe('petty');
  });

  it('a payment mode is told by its name', async () => {
    await open(NO_TAX, ROUNDING, chosen('account', 'sales', '200'));
    const mode = { ...chosen('payment-mode', '7', ''), label: 'Stripe', value: null, source: 'suggested' };
    await storage.stores.mappings.suggest(bench.organizationId, [mode as Mapping]);
    put('customers', [customer('1')]);
    put('invoices', [invoice('1')]);
    put('payments', [payment('1', { modeId: '7' })]);
    await bench.hint('payments', ['1']);
    await bench.settle();
    expect(await issues()).toEqual([{ code: 'PAYMENT_MODE_NOT_MAPPED', mode: 'Stripe', key: '7' }]);
  });

  describe('for a tax of what is bought', () => {
    const rate = (taxType: string, appliesToExpenses: boolean) => ({
      taxType,
      name: taxType,
      effectiveRate: '20',
      components: [],
      active: true,
      appliesToRevenue: true,
      appliesToExpenses,
    });
    const rates = (...taxRates: ReturnType<typeof rate>[]) => {
      bench.xero.reference = { ...bench.xero.reference, taxRates };
    };
    const buy = async () => {
      put('expenses', [expense('1', { taxes: [VAT], total: '60.00' })]);
      await bench.hint('expenses', ['1']);
      await bench.settle();
    };

    it('takes the rate that was chosen for purchases, whatever is chosen for sales', async () => {
      await open(
        NO_TAX,
        ROUNDING,
        EXPENSES,
        CASH,
        chosen('tax', 'VAT|20', 'OUTPUT'),
        chosen('purchase-tax', 'VAT|20', 'INPUT'),
      );
      rates(rate('OUTPUT', true), rate('INPUT', true));
      await buy();
      expect(sent?.purchaseTaxTypes.get('VAT|20')).toBe('INPUT');
      expect(await bench.statuses('expenses')).toEqual({ synced: ['1'] });
    });

    it('takes the rate of sales where that applies to expenses', async () => {
      await open(NO_TAX, ROUNDING, EXPENSES, CASH, chosen('tax', 'VAT|20', 'ANY'));
      rates(rate('ANY', true), rate('NONE', true));
      await buy();
      expect(sent?.purchaseTaxTypes.get('VAT|20')).toBe('ANY');
    });

    it('takes no rate of sales for one that waits to be confirmed for purchases', async () => {
      await open(NO_TAX, ROUNDING, EXPENSES, CASH, chosen('tax', 'VAT|20', 'ANY'));
      rates(rate('ANY', true), rate('INPUT', true), rate('NONE', true));
      const suggested = { ...chosen('purchase-tax', 'VAT|20', 'INPUT'), source: 'suggested' as const };
      await storage.stores.mappings.suggest(bench.organizationId, [suggested]);
      await buy();
      expect((await issues()).map(({ code }) => code)).toEqual(['TAX_NOT_MAPPED']);
      expect(bench.xero.calls).toEqual([]);
      await choose(chosen('purchase-tax', 'VAT|20', 'INPUT'));
      await bench.settle();
      expect(sent?.purchaseTaxTypes.get('VAT|20')).toBe('INPUT');
    });

    it('waits for a rate that this service makes', async () => {
      await open(NO_TAX, ROUNDING, EXPENSES, CASH);
      await buy();
      expect(await bench.statuses('taxes')).toEqual({ synced: ['VAT|20'] });
      expect(sent?.purchaseTaxTypes.get('VAT|20')).toMatch(/^x-taxes/);
      expect(await bench.statuses('expenses')).toEqual({ synced: ['1'] });
    });

    it('parks where the rate is for sales only, and goes on once one is chosen', async () => {
      await open(NO_TAX, ROUNDING, EXPENSES, CASH, chosen('tax', 'VAT|20', 'OUTPUT'));
      rates(rate('OUTPUT', false), rate('NONE', true));
      await buy();
      expect(await issues()).toEqual([
        { code: 'TAX_NOT_MAPPED', tax: 'VAT 20% on purchases', key: 'VAT|20', kind: 'purchase' },
      ]);
      await choose(chosen('purchase-tax', 'VAT|20', 'INPUT'));
      await bench.settle();
      expect(await bench.statuses('expenses')).toEqual({ synced: ['1'] });
    });

    it('goes for each line of a purchase order', async () => {
      await open(NO_TAX, ROUNDING, chosen('purchase-tax', 'VAT|20', 'INPUT'));
      const [line] = purchaseOrder('1').lines;
      if (!line) throw new Error('an order has a line');
      put('vendors', [customer('1')]);
      put('purchase-orders', [purchaseOrder('1', { lines: [line, { ...line, taxes: [VAT] }] })]);
      await bench.hint('purchase-orders', ['1']);
      await bench.settle();
      expect(await bench.statuses('purchase-orders')).toEqual({ synced: ['1'] });
      expect(Object.fromEntries(sent?.purchaseTaxTypes ?? [])).toMatchObject({
        none: 'NONE',
        'VAT|20': 'INPUT',
      });
    });
  });
});
