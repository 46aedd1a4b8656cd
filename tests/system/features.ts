import type { Item } from '@sync/domain';
import {
  crmDocuments,
  doneInCrm,
  doneInXero,
  partnerOf,
  readFromXero,
  type Staged,
  theOne,
  xeroDocuments,
} from './both-sides.js';
import { writing } from './sandbox-control.js';
import { openIssues } from './settled.js';
import type { Stage } from './stage.js';

/** Customers, items and payments flow both ways as well, and what goes on one side goes on the other. */
export const FEATURES = {
  goneFromCrm: 'void',
  goneFromXero: 'void',
  conflicts: 'xero',
  directions: { customers: 'two-way', items: 'two-way', payments: 'two-way' },
} as const;

/** Where both sides changed the same field, the policy says who wins. */
export function proveConflictPolicies(stage: Staged, timeoutMs: number): void {
  it.each(['crm', 'xero'] as const)(
    'the same field edited on both sides is as in the one that wins: %s',
    async (conflicts) => {
      const { admin } = stage().service.storage;
      await admin.updateSettings(stage().organizationId, { conflicts });
      const crmId = await newCustomer(stage(), `Both ${conflicts}`);
      const xeroId = await partnerOf(stage(), 'customers', { crmId });
      const names = { crm: `Crm name ${conflicts}`, xero: `Xero name ${conflicts}` };
      const company = { company: names.crm };
      await stage().sandbox.inCrm({ action: 'edit', entity: 'customers', id: crmId, fields: company });
      const Name = names.xero;
      await doneInXero(stage(), { action: 'edit', entity: 'contact', id: xeroId, fields: { Name } });
      await readFromXero(stage(), 'customers');
      await stage().event('customers', crmId);
      await stage().quiet();
      expect(await namesOf(stage(), { crmId, xeroId })).toEqual([names[conflicts], names[conflicts]]);
      expect(await codes(stage())).toEqual([]);
    },
    timeoutMs,
  );
}

/** What was written on one side is not taken for an edit there. */
export function proveNoEcho(stage: Staged, timeoutMs: number): void {
  it(
    'after edits on both sides nothing is written any more, however often both are read',
    async () => {
      const crmId = await newCustomer(stage(), 'Echo');
      const xeroId = await partnerOf(stage(), 'customers', { crmId });
      const fields = { Name: 'Echo of Xero' };
      await doneInXero(stage(), { action: 'edit', entity: 'contact', id: xeroId, fields });
      await readFromXero(stage(), 'customers');
      const before = await stage().sandbox.crmLedger(true);
      await stage().sandbox.forgetCalls();
      await stage().sync('full');
      await readFromXero(stage(), 'customers', 'items', 'invoices', 'payments', 'expenses');
      await stage().sync('incremental');
      await stage().quiet();
      expect(writing(await stage().sandbox.calls())).toEqual([]);
      expect(await stage().sandbox.crmLedger(true)).toEqual(before);
    },
    timeoutMs,
  );
}

/** What is cancelled, void or deleted on one side is so on the other. */
export function proveGoneBothWays(stage: Staged, timeoutMs: number): void {
  it(
    'an invoice that is cancelled in the CRM is void in Xero, one that is void in Xero is cancelled in the CRM',
    async () => {
      const [one, other] = [await newInvoice(stage()), await newInvoice(stage())];
      const [oneInXero, otherInXero] = [
        await partnerOf(stage(), 'invoices', { crmId: one }),
        await partnerOf(stage(), 'invoices', { crmId: other }),
      ];
      await doneInCrm(stage(), { action: 'cancel', entity: 'invoices', id: one });
      await doneInXero(stage(), { action: 'void', entity: 'invoice', id: otherInXero });
      await readFromXero(stage(), 'invoices');
      const live = (await xeroDocuments(stage(), 'invoices')).filter(({ status }) => status === 'AUTHORISED');
      expect(live.map(({ id }) => id)).not.toContain(oneInXero);
      expect((await crmDocuments(stage(), 'invoices')).map(({ id }) => id)).not.toContain(other);
      expect(await codes(stage())).toEqual([]);
    },
    timeoutMs,
  );

  it.each(['crm', 'xero'] as const)(
    'a payment that is deleted on one side is on the other: %s',
    async (side) => {
      const invoiceId = await newInvoice(stage());
      const fields = { invoiceId, amount: '5.00' };
      const crmId = await doneInCrm(stage(), { action: 'create', entity: 'payments', fields });
      const xeroId = await partnerOf(stage(), 'payments', { crmId });
      if (side === 'crm') await doneInCrm(stage(), { action: 'delete', entity: 'payments', id: crmId });
      else {
        await doneInXero(stage(), { action: 'delete', entity: 'payment', id: xeroId });
        await readFromXero(stage(), 'invoices', 'payments');
      }
      const inXero = await partnerOf(stage(), 'invoices', { crmId: invoiceId });
      const crm = theOne(await crmDocuments(stage(), 'invoices'), ({ id }) => id === invoiceId);
      const xero = theOne(await xeroDocuments(stage(), 'invoices'), ({ id }) => id === inXero);
      expect([crm, xero]).toMatchObject([{ paid: '0.00' }, { paid: '0.00' }]);
      expect(await codes(stage())).toEqual([]);
    },
    timeoutMs,
  );
}

/** An item of either side is on the other one, and so is what is changed of it there. */
export function proveItemsBothWays(stage: Staged, timeoutMs: number): void {
  it(
    'an item that is made and changed in Xero is so in the CRM',
    async () => {
      const fields = {
        Code: 'LAMP-X',
        Name: 'Lamp',
        Description: 'Brass',
        SalesDetails: { UnitPrice: 12.5, AccountCode: '200' },
      };
      const { id } = await doneInXero(stage(), { action: 'create', entity: 'item', fields });
      await readFromXero(stage(), 'items');
      const crmId = await partnerOf(stage(), 'items', { xeroId: id });
      const made = { code: 'LAMP-X', name: 'Lamp', description: 'Brass', unitPrice: '12.5' };
      expect(await itemOfCrm(stage(), crmId)).toMatchObject(made);
      const changed = { Name: 'Bright lamp', SalesDetails: { UnitPrice: 13.75, AccountCode: '200' } };
      await doneInXero(stage(), { action: 'edit', entity: 'item', id, fields: changed });
      await readFromXero(stage(), 'items');
      expect(await itemOfCrm(stage(), crmId)).toMatchObject({
        ...made,
        name: 'Bright lamp',
        unitPrice: '13.75',
      });
      await expectNoWriteFollows(stage());
    },
    timeoutMs,
  );

  it(
    'an item of the CRM that is changed in Xero, and then in the CRM, is the same on both sides',
    async () => {
      const fields = { code: 'CHAIR-1', name: 'Chair', price: '40.00' };
      const crmId = await doneInCrm(stage(), { action: 'create', entity: 'items', fields });
      const id = await partnerOf(stage(), 'items', { crmId });
      const Name = 'Oak chair';
      await doneInXero(stage(), { action: 'edit', entity: 'item', id, fields: { Name } });
      await readFromXero(stage(), 'items');
      expect(await itemOfCrm(stage(), crmId)).toMatchObject({ code: 'CHAIR-1', name: Name });
      const price = { price: '45.00' };
      await doneInCrm(stage(), { action: 'edit', entity: 'items', id: crmId, fields: price });
      const inXero = theOne(await xeroDocuments(stage(), 'items'), (one) => one.id === id);
      expect(inXero).toMatchObject({ number: 'CHAIR-1', name: Name });
      await readFromXero(stage(), 'items');
      expect(await itemOfCrm(stage(), crmId)).toMatchObject({ name: Name, unitPrice: '45' });
      await expectNoWriteFollows(stage());
    },
    timeoutMs,
  );
}

/** A contact that was merged goes on as the one that it was merged into. */
export function proveMergedContacts(stage: Staged, timeoutMs: number): void {
  it(
    'the invoices of a customer whose contact was merged go to the contact that is left',
    async () => {
      const [merged, left] = [await newCustomer(stage(), 'Merged'), await newCustomer(stage(), 'Left')];
      const into = await partnerOf(stage(), 'customers', { crmId: left });
      const id = await partnerOf(stage(), 'customers', { crmId: merged });
      await doneInXero(stage(), { action: 'merge', entity: 'contact', id, fields: { into } });
      await readFromXero(stage(), 'customers');
      const fields = { ...plain('21.00'), customerId: merged };
      const crmId = await doneInCrm(stage(), { action: 'create', entity: 'invoices', fields });
      const inXero = await partnerOf(stage(), 'invoices', { crmId });
      const invoice = theOne(await xeroDocuments(stage(), 'invoices'), (one) => one.id === inXero);
      const contact = theOne(await xeroDocuments(stage(), 'customers'), (one) => one.id === into);
      expect(invoice.contact).toBe(contact.name);
    },
    timeoutMs,
  );
}

function newCustomer(stage: Stage, company: string): Promise<string> {
  return doneInCrm(stage, { action: 'create', entity: 'customers', fields: { company } });
}

function newInvoice(stage: Stage): Promise<string> {
  return doneInCrm(stage, { action: 'create', entity: 'invoices', fields: plain('40.00') });
}

/** One line without tax: the whole amount. */
function plain(price: string) {
  const line = { itemId: null, description: 'Work', quantity: '1', price, taxes: [] };
  return { lines: [line], discount: null, adjustment: '0.00' };
}

/** An item as the CRM holds it. */
async function itemOfCrm({ service, organizationId }: Stage, id: string): Promise<Item> {
  const organization = await service.parts.stores.organizations.load(organizationId);
  if (!organization) throw new Error('there is no organization');
  const crm = await service.parts.crmOf(organization);
  const [reading] = await crm.read('items', [id], new AbortController().signal);
  if (reading?.state !== 'found') throw new Error(`the item ${id} is ${reading?.state ?? 'not answered'}`);
  return reading.record;
}

/** What was written is not taken for an edit, however often both sides are read. */
async function expectNoWriteFollows(stage: Stage): Promise<void> {
  await stage.sandbox.forgetCalls();
  await stage.sync('full');
  await readFromXero(stage, 'items');
  expect(writing(await stage.sandbox.calls())).toEqual([]);
  expect(await codes(stage)).toEqual([]);
}

async function namesOf(stage: Stage, { crmId, xeroId }: { crmId: string; xeroId: string }) {
  const crm = theOne(await crmDocuments(stage, 'customers'), ({ id }) => id === crmId);
  const xero = theOne(await xeroDocuments(stage, 'customers'), ({ id }) => id === xeroId);
  return [crm.name, xero.name];
}

async function codes(stage: Stage): Promise<string[]> {
  return (await openIssues(stage)).map(({ code, meta }) => `${code} ${JSON.stringify(meta)}`);
}
