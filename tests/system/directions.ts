import {
  crmDocuments,
  doneInCrm,
  doneInXero,
  partnerOf,
  readFromXero,
  theOne,
  xeroDocuments,
} from './both-sides.js';
import { openIssues } from './settled.js';
import type { Stage } from './stage.js';

const LINE = { Quantity: 1, AccountCode: '200', TaxType: 'NONE' };
const SPENT = { Quantity: 1, AccountCode: '453', TaxType: 'NONE' };

/** What flows both ways by default arrives on the other side, wherever it is made or changed. */
export function proveTwoWayDefaults(stage: () => Stage, timeoutMs: number): void {
  it(
    'taxes: one of the CRM is a rate in Xero, one of Xero a tax in the CRM',
    async () => {
      const name = 'Harbour Levy';
      await doneInCrm(stage(), { action: 'create', entity: 'taxes', fields: { name, rate: '3.50' } });
      expect((await xeroDocuments(stage(), 'taxes')).map((one) => one.name)).toContain(`${name} 3.5%`);
      const fields = { Name: 'Market Levy', TaxComponents: [{ Name: 'Market Levy', Rate: 2.5 }] };
      await doneInXero(stage(), { action: 'create', entity: 'tax', fields });
      await readFromXero(stage(), 'taxes');
      const taxes = await crmDocuments(stage(), 'taxes');
      expect(taxes.map((one) => one.name).join()).toContain('Market Levy');
      expect(await codes(stage())).toEqual([]);
    },
    timeoutMs,
  );

  it(
    'invoices: made and changed in the CRM, they are so in Xero',
    async () => {
      const id = await doneInCrm(stage(), { action: 'create', entity: 'invoices' });
      const inXero = await partnerOf(stage(), 'invoices', { crmId: id });
      await doneInCrm(stage(), { action: 'edit', entity: 'invoices', id, fields: plain('123.45') });
      const found = theOne(await xeroDocuments(stage(), 'invoices'), (one) => one.id === inXero);
      expect(found).toMatchObject({ total: '123.45', due: '123.45' });
      expect(await codes(stage())).toEqual([]);
    },
    timeoutMs,
  );

  it(
    'invoices: made and changed in Xero, they are so in the CRM',
    async () => {
      const [customer] = await xeroDocuments(stage(), 'customers');
      const { id } = await doneInXero(stage(), {
        action: 'create',
        entity: 'invoice',
        fields: {
          Contact: { ContactID: customer?.id },
          LineItems: [{ ...LINE, Description: 'Day', UnitAmount: 71.13 }],
        },
      });
      await readFromXero(stage(), 'invoices');
      const crmId = await partnerOf(stage(), 'invoices', { xeroId: id });
      const inCrm = async () => theOne(await crmDocuments(stage(), 'invoices'), (one) => one.id === crmId);
      expect(await inCrm()).toMatchObject({ total: '71.13', due: '71.13' });
      const fields = { LineItems: [{ ...LINE, Description: 'Two days', UnitAmount: 142.26 }] };
      await doneInXero(stage(), { action: 'edit', entity: 'invoice', id, fields });
      await readFromXero(stage(), 'invoices');
      expect(await inCrm()).toMatchObject({ total: '142.26', due: '142.26' });
      expect(await codes(stage())).toEqual([]);
    },
    timeoutMs,
  );

  it(
    'expenses: made and changed in the CRM, they are so in Xero',
    async () => {
      const made = { amount: '31.07', taxes: [] };
      const id = await doneInCrm(stage(), { action: 'create', entity: 'expenses', fields: made });
      const inXero = await partnerOf(stage(), 'expenses', { crmId: id });
      await doneInCrm(stage(), { action: 'edit', entity: 'expenses', id, fields: { amount: '32.08' } });
      const found = theOne(await xeroDocuments(stage(), 'expenses'), (one) => one.id === inXero);
      expect(found).toMatchObject({ total: '32.08' });
      expect(await codes(stage())).toEqual([]);
    },
    timeoutMs,
  );

  it(
    'expenses: made and changed in Xero, they are so in the CRM, and so is whom they were paid to',
    async () => {
      const { id } = await doneInXero(stage(), {
        action: 'create',
        entity: 'expense',
        fields: {
          Contact: { Name: 'Corner Shop' },
          LineItems: [{ ...SPENT, Description: 'Paper', UnitAmount: 20.01 }],
        },
      });
      await readFromXero(stage(), 'expenses');
      const crmId = await partnerOf(stage(), 'expenses', { xeroId: id });
      const inCrm = async () => theOne(await crmDocuments(stage(), 'expenses'), (one) => one.id === crmId);
      expect(await inCrm()).toMatchObject({ total: '20.01' });
      expect((await crmDocuments(stage(), 'vendors')).map(({ name }) => name)).toContain('Corner Shop');
      const fields = { LineItems: [{ ...SPENT, Description: 'Paper and ink', UnitAmount: 45.6 }] };
      await doneInXero(stage(), { action: 'edit', entity: 'expense', id, fields });
      await readFromXero(stage(), 'expenses');
      expect(await inCrm()).toMatchObject({ total: '45.60' });
      expect(await codes(stage())).toEqual([]);
    },
    timeoutMs,
  );
}

/** What flows into Xero only by default arrives there, and what people do to it in Xero stays there. */
export function proveToXeroDefaults(stage: () => Stage, timeoutMs: number): void {
  it(
    'customers',
    async () => {
      const fields = { company: 'Lantern Works' };
      const id = await doneInCrm(stage(), { action: 'create', entity: 'customers', fields });
      const inXero = await partnerOf(stage(), 'customers', { crmId: id });
      await doneInCrm(stage(), {
        action: 'edit',
        entity: 'customers',
        id,
        fields: { company: 'Lantern Ltd' },
      });
      const contact = theOne(await xeroDocuments(stage(), 'customers'), (one) => one.id === inXero);
      expect(contact.name).toBe('Lantern Ltd');
      const before = await crmDocuments(stage(), 'customers');
      const Name = 'Only in Xero';
      await doneInXero(stage(), { action: 'edit', entity: 'contact', id: inXero, fields: { Name } });
      await doneInXero(stage(), { action: 'create', entity: 'contact', fields: { Name: 'A stranger' } });
      await everythingRead(stage());
      expect(await crmDocuments(stage(), 'customers')).toEqual(before);
    },
    timeoutMs,
  );

  it(
    'items',
    async () => {
      const fields = { code: 'LAMP-1', name: 'Lamp' };
      const id = await doneInCrm(stage(), { action: 'create', entity: 'items', fields });
      const inXero = await partnerOf(stage(), 'items', { crmId: id });
      await doneInCrm(stage(), { action: 'edit', entity: 'items', id, fields: { name: 'Bright lamp' } });
      const item = theOne(await xeroDocuments(stage(), 'items'), (one) => one.id === inXero);
      expect(item.name).toBe('Bright lamp');
      const before = await crmDocuments(stage(), 'items');
      const code = { Code: 'XERO-1', Name: 'A stranger' };
      await doneInXero(stage(), { action: 'edit', entity: 'item', id: inXero, fields: { Name: 'Dim lamp' } });
      await doneInXero(stage(), { action: 'create', entity: 'item', fields: code });
      await everythingRead(stage());
      expect(await crmDocuments(stage(), 'items')).toEqual(before);
    },
    timeoutMs,
  );

  it(
    'purchase orders',
    async () => {
      const id = await doneInCrm(stage(), { action: 'create', entity: 'purchase-orders' });
      const inXero = await partnerOf(stage(), 'purchase-orders', { crmId: id });
      const fields = { status: 'approved' };
      await doneInCrm(stage(), { action: 'edit', entity: 'purchase-orders', id, fields });
      const order = async () =>
        theOne(await xeroDocuments(stage(), 'purchase-orders'), (one) => one.id === inXero);
      expect((await order()).status).toBe('AUTHORISED');
      const before = await crmDocuments(stage(), 'purchase-orders');
      const reference = { Reference: 'Only in Xero' };
      await doneInXero(stage(), { action: 'edit', entity: 'purchase-order', id: inXero, fields: reference });
      await everythingRead(stage());
      expect(await crmDocuments(stage(), 'purchase-orders')).toEqual(before);
    },
    timeoutMs,
  );

  it(
    'payments',
    async () => {
      const invoice = await doneInCrm(stage(), {
        action: 'create',
        entity: 'invoices',
        fields: plain('80.00'),
      });
      const fields = { invoiceId: invoice, amount: '30.00' };
      const id = await doneInCrm(stage(), { action: 'create', entity: 'payments', fields });
      const inXero = await partnerOf(stage(), 'payments', { crmId: id });
      const payment = theOne(await xeroDocuments(stage(), 'payments'), (one) => one.id === inXero);
      expect(payment).toMatchObject({ total: '30.00' });
      const paid = await partnerOf(stage(), 'invoices', { crmId: invoice });
      const found = theOne(await xeroDocuments(stage(), 'invoices'), (one) => one.id === paid);
      expect(found).toMatchObject({ paid: '30.00', due: '50.00' });
      expect(await codes(stage())).toEqual([]);
    },
    timeoutMs,
  );
}

/** Where invoices flow both ways, what they need and what settles them flows back with them. */
export function proveDependenciesFlowBack(stage: () => Stage, timeoutMs: number): void {
  it(
    'a customer who is in Xero only comes with the invoice, once, and the payment with both',
    async () => {
      const contact = { action: 'create', entity: 'contact', fields: { Name: 'Walk-in' } };
      const { id: ContactID } = await doneInXero(stage(), contact);
      const LineItems = [{ ...LINE, Description: 'Repair', UnitAmount: 64.2 }];
      const fields = { Contact: { ContactID }, LineItems };
      const { id } = await doneInXero(stage(), { action: 'create', entity: 'invoice', fields });
      await doneInXero(stage(), { action: 'create', entity: 'invoice', fields });
      await doneInXero(stage(), { action: 'pay', entity: 'invoice', id });
      // A payment that is read before its invoice looks for it again after half a minute.
      await readFromXero(stage(), 'invoices');
      await readFromXero(stage(), 'payments');
      theOne(await crmDocuments(stage(), 'customers'), ({ name }) => name === 'Walk-in');
      const crmId = await partnerOf(stage(), 'invoices', { xeroId: id });
      const invoice = theOne(await crmDocuments(stage(), 'invoices'), (one) => one.id === crmId);
      expect(invoice).toMatchObject({ total: '64.20', paid: '64.20', due: '0.00' });
      expect(await codes(stage())).toEqual([]);
    },
    timeoutMs,
  );

  it(
    'part of an invoice of the CRM that is paid in Xero is paid in the CRM',
    async () => {
      const crmId = await doneInCrm(stage(), {
        action: 'create',
        entity: 'invoices',
        fields: plain('100.00'),
      });
      const id = await partnerOf(stage(), 'invoices', { crmId });
      await doneInXero(stage(), { action: 'pay', entity: 'invoice', id, fields: { Amount: 33.33 } });
      await readFromXero(stage(), 'invoices', 'payments');
      const invoice = theOne(await crmDocuments(stage(), 'invoices'), (one) => one.id === crmId);
      expect(invoice).toMatchObject({ total: '100.00', paid: '33.33', due: '66.67' });
      expect(await codes(stage())).toEqual([]);
    },
    timeoutMs,
  );
}

/** One line without tax: the whole amount. */
function plain(price: string) {
  const line = { itemId: null, description: 'Work', quantity: '1', price, taxes: [] };
  return { lines: [line], discount: null, adjustment: '0.00' };
}

/** Everything that is looked for in Xero, and everything in the CRM. */
async function everythingRead(stage: Stage): Promise<void> {
  await readFromXero(stage, 'invoices', 'expenses', 'taxes');
  await stage.sync('full');
  await stage.quiet();
}

async function codes(stage: Stage): Promise<string[]> {
  return (await openIssues(stage)).map(({ code, meta }) => `${code} ${JSON.stringify(meta)}`);
}
