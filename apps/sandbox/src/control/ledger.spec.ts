import { billFor, creditNoteFor, make, orderFor, spendFor } from '../testing/documents.js';
import {
  invoiceFor,
  type Json,
  makeContact,
  openClient,
  type SandboxClient,
} from '../testing/sandbox-client.js';

const none = { total: '0.00', tax: '0.00', paid: '0.00', due: '0.00' };

describe('The ledger', () => {
  let client: SandboxClient;
  let contact: string;
  beforeEach(async () => {
    client = await openClient();
    contact = await makeContact(client, { Name: 'Both sides Ltd' });
  });
  afterEach(() => client.close());

  const entities = async (): Promise<Json> =>
    (await client.control('GET', 'ledger?documents=1')).tenants[0].entities;
  const figures = async (entity: string): Promise<Json> => {
    const { documents: _documents, ...rest } = (await entities())[entity];
    return rest;
  };
  const money = { Account: { Code: '090' }, Date: '2026-11-20' };

  it('adds up credit notes: paid is what was paid back, due what is left; drafts apart', async () => {
    const { CreditNoteID } = await make(client, 'CreditNotes', creditNoteFor(contact));
    await make(client, 'CreditNotes', creditNoteFor(contact, { Status: 'DRAFT' }));
    const { InvoiceID } = await make(client, 'Invoices', invoiceFor(contact));
    const Allocations = [{ Invoice: { InvoiceID }, Amount: 58.25, Date: '2026-11-20' }];
    await client.api('PUT', `CreditNotes/${CreditNoteID}/Allocations`, { body: { Allocations } });
    await make(client, 'Payments', { ...money, CreditNote: { CreditNoteID }, Amount: 20 });
    expect(await figures('credit-notes')).toEqual({
      count: 1,
      total: '108.25',
      tax: '8.25',
      paid: '20.00',
      due: '30.00',
      drafts: 1,
    });
    expect(await figures('refunds')).toEqual({ count: 1, ...none, total: '20.00' });
    expect(await figures('credit-applications')).toEqual({ count: 1, ...none, total: '58.25' });
    expect(await figures('payments')).toMatchObject({ count: 0 });
    expect(await figures('invoices')).toMatchObject({ total: '108.25', paid: '0.00', due: '50.00' });
    const now = await entities();
    expect(now['credit-applications'].documents).toMatchObject([
      { invoiceId: InvoiceID, creditNoteId: CreditNoteID },
    ]);
    expect(now.refunds.documents).toMatchObject([{ invoiceId: null, creditNoteId: CreditNoteID }]);
  });

  it('adds up money spent and orders that are live, and keeps bills apart from invoices', async () => {
    await make(client, 'BankTransactions', spendFor(contact, { Reference: 'crm:1' }));
    await make(client, 'BankTransactions', spendFor(contact, { Type: 'RECEIVE' }));
    await make(client, 'PurchaseOrders', orderFor(contact));
    const { PurchaseOrderID: gone } = await make(client, 'PurchaseOrders', orderFor(contact));
    await client.api('POST', `PurchaseOrders/${gone}`, { body: { Status: 'DELETED' } });
    const { InvoiceID } = await make(client, 'Invoices', billFor(contact));
    await make(client, 'Payments', { ...money, Invoice: { InvoiceID }, Amount: 8.25 });
    expect(await figures('expenses')).toEqual({ count: 1, ...none, total: '20.00', tax: '1.52' });
    expect(await figures('purchase-orders')).toEqual({ count: 1, ...none, total: '108.25', tax: '8.25' });
    expect(await figures('bills')).toMatchObject({ count: 1, paid: '8.25', due: '100.00' });
    expect(await figures('bill-payments')).toMatchObject({ count: 1, total: '8.25' });
    expect([await figures('invoices'), await figures('payments')]).toMatchObject([
      { count: 0 },
      { count: 0 },
    ]);
  });

  it('tells vendors from customers by what was bought from or sold to them', async () => {
    const names = async (entity: string): Promise<string[]> =>
      (await entities())[entity].documents.map(({ name }: Json) => name).sort();
    const ordered = await makeContact(client, { Name: 'Vendor' });
    await makeContact(client, { Name: 'New' });
    await make(client, 'PurchaseOrders', orderFor(ordered));
    await make(client, 'BankTransactions', spendFor(contact));
    await make(client, 'Invoices', invoiceFor(contact));
    expect(await names('customers')).toEqual(['Both sides Ltd', 'New']);
    expect(await names('vendors')).toEqual(['Both sides Ltd', 'Vendor']);
  });
});
