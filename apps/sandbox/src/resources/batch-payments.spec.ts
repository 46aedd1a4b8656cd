import { billFor, make, read, send } from '../testing/documents.js';
import {
  invoiceFor,
  type Json,
  makeContact,
  messagesOf,
  openClient,
  type SandboxClient,
} from '../testing/sandbox-client.js';

describe('Batch payments', () => {
  let client: SandboxClient;
  let contact: string;
  beforeEach(async () => {
    client = await openClient();
    contact = await makeContact(client);
  });
  afterEach(() => client.close());

  const invoice = () => make(client, 'Invoices', invoiceFor(contact));
  const part = ({ InvoiceID }: Json, Amount: number) => ({ Invoice: { InvoiceID }, Amount });
  const batchOf = (Payments: object[]) => ({ Account: { Code: '090' }, Date: '2026-11-20', Payments });

  it('pay several invoices at once; each payment names its batch and cannot be deleted by itself', async () => {
    const [first, second] = [await invoice(), await invoice()];
    const batch = await make(client, 'BatchPayments', batchOf([part(first, 108.25), part(second, 8.25)]));
    expect(batch).toMatchObject({ Type: 'RECBATCH', Status: 'AUTHORISED', TotalAmount: 116.5 });
    expect((await read(client, `Invoices/${first.InvoiceID}`)).Status).toBe('PAID');
    const [payment] = (await client.api('GET', 'Payments?page=1')).json.Payments;
    expect(payment).toMatchObject({
      BatchPaymentID: batch.BatchPaymentID,
      BatchPayment: { Type: 'RECBATCH', TotalAmount: 116.5 },
    });
    const deleted = await send(client, 'POST', `Payments/${payment.PaymentID}`, { Status: 'DELETED' });
    expect(messagesOf(deleted)).toEqual(['Payments within a batch cannot be deleted.']);
  });

  it('are listed with their payments, and found by If-Modified-Since', async () => {
    await make(client, 'BatchPayments', batchOf([part(await invoice(), 10)]));
    const list = async (since: string) => {
      const headers = { 'if-modified-since': since };
      return (await client.api('GET', 'BatchPayments', { headers })).json.BatchPayments;
    };
    expect(await list('2020-01-01T00:00:00')).toMatchObject([{ Payments: [{ Amount: 10 }] }]);
    expect(await list('2100-01-01T00:00:00')).toEqual([]);
  });

  it('pay either invoices or bills, at least one, and leave nothing behind when one part is refused', async () => {
    const [debt, bill] = [await invoice(), await make(client, 'Invoices', billFor(contact))];
    const refused = async (...parts: object[]) =>
      messagesOf(await send(client, 'PUT', 'BatchPayments', batchOf(parts)))[0];
    expect(await refused()).toMatch(/at least one payment/);
    expect(await refused(part(debt, 1), part(bill, 1))).toMatch(/invoices and bills at once/);
    expect(await refused(part(debt, 1), part(debt, 108))).toMatch(/exceeds the amount outstanding/);
    expect((await client.api('GET', 'Payments')).json.Payments).toEqual([]);
    const { Type } = await make(client, 'BatchPayments', batchOf([part(bill, 1)]));
    expect(Type).toBe('PAYBATCH');
  });
});
