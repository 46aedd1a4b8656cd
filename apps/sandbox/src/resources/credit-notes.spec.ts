import { billFor, creditNoteFor, make, purchaseLine, read, send } from '../testing/documents.js';
import {
  type Answer,
  invoiceFor,
  type Json,
  line,
  makeContact,
  messagesOf,
  openClient,
  type SandboxClient,
} from '../testing/sandbox-client.js';

describe('Credit notes', () => {
  let client: SandboxClient;
  let customer: string;
  beforeEach(async () => {
    client = await openClient();
    customer = await makeContact(client);
  });
  afterEach(() => client.close());

  const note = (fields: object = {}) => make(client, 'CreditNotes', creditNoteFor(customer, fields));
  const invoice = (fields: object = {}) => make(client, 'Invoices', invoiceFor(customer, fields));
  const noteNow = (id: string) => read(client, `CreditNotes/${id}`);
  const invoiceNow = (id: string) => read(client, `Invoices/${id}`);
  const allocate = (id: string, ...Allocations: object[]): Promise<Answer> =>
    client.api('PUT', `CreditNotes/${id}/Allocations`, { body: { Allocations } });
  const part = ({ InvoiceID }: Json, Amount: number) => ({
    Invoice: { InvoiceID },
    Amount,
    Date: '2026-11-21',
  });
  const refund = (CreditNoteID: string, Amount: number) =>
    send(client, 'PUT', 'Payments', { CreditNote: { CreditNoteID }, Account: { Code: '090' }, Amount });

  it('are numbered by Xero and added up like invoices; all of one remains at first', async () => {
    expect(await note({ Reference: 'crm:1' })).toMatchObject({
      Type: 'ACCRECCREDIT',
      CreditNoteNumber: 'CN-0001',
      Reference: 'crm:1',
      SubTotal: 100,
      TotalTax: 8.25,
      Total: 108.25,
      RemainingCredit: 108.25,
      Status: 'AUTHORISED',
      Allocations: [],
      Payments: [],
    });
  });

  it('are set off against an invoice: no payment, less due, at the same instant on both', async () => {
    const [credit, debt] = [await note(), await invoice()];
    const [made] = (await allocate(credit.CreditNoteID, part(debt, 58.25))).json.Allocations;
    const [after, left] = [await invoiceNow(debt.InvoiceID), await noteNow(credit.CreditNoteID)];
    expect(after).toMatchObject({
      AmountCredited: 58.25,
      AmountPaid: 0,
      AmountDue: 50,
      Payments: [],
      Status: 'AUTHORISED',
      CreditNotes: [{ CreditNoteID: credit.CreditNoteID, AppliedAmount: 58.25 }],
      UpdatedDateUTC: left.UpdatedDateUTC,
    });
    expect(left).toMatchObject({
      RemainingCredit: 50,
      Allocations: [
        {
          AllocationID: made.AllocationID,
          Amount: 58.25,
          Invoice: { InvoiceID: debt.InvoiceID, InvoiceNumber: debt.InvoiceNumber },
        },
      ],
    });
  });

  it('and the invoice are both PAID when nothing is left, and both come back when the allocation goes', async () => {
    const [credit, debt] = [await note(), await invoice()];
    const [made] = (await allocate(credit.CreditNoteID, part(debt, 108.25))).json.Allocations;
    expect([await noteNow(credit.CreditNoteID), await invoiceNow(debt.InvoiceID)]).toMatchObject([
      { Status: 'PAID', RemainingCredit: 0 },
      { Status: 'PAID', AmountDue: 0, FullyPaidOnDate: `/Date(${Date.UTC(2026, 10, 21)}+0000)/` },
    ]);
    const path = `CreditNotes/${credit.CreditNoteID}/Allocations/${made.AllocationID}`;
    expect((await client.api('DELETE', path)).json).toMatchObject({ IsDeleted: true });
    expect([await noteNow(credit.CreditNoteID), await invoiceNow(debt.InvoiceID)]).toMatchObject([
      { Status: 'AUTHORISED', RemainingCredit: 108.25, Allocations: [] },
      { Status: 'AUTHORISED', AmountDue: 108.25, AmountCredited: 0, CreditNotes: [] },
    ]);
    expect((await client.api('DELETE', path)).status).toBe(404);
  });

  it('share what is left among the allocations of one request, each with its own result', async () => {
    const [credit, debt] = [await note(), await invoice()];
    const path = `CreditNotes/${credit.CreditNoteID}/Allocations?summarizeErrors=false`;
    const Allocations = [part(debt, 100), part(debt, 100)];
    const { json } = await client.api('PUT', path, { body: { Allocations } });
    expect(json.Allocations.map((one: Json) => one.StatusAttributeString)).toEqual(['OK', 'ERROR']);
    expect((await noteNow(credit.CreditNoteID)).RemainingCredit).toBe(8.25);
  });

  it('are paid back in cash by payments of a type of their own, and owed again when these are deleted', async () => {
    const { CreditNoteID: id } = await note();
    const [payment] = (await refund(id, 108.25)).json.Payments;
    expect(payment).toMatchObject({ PaymentType: 'ARCREDITPAYMENT', CreditNote: { CreditNoteID: id } });
    expect(await noteNow(id)).toMatchObject({
      Status: 'PAID',
      RemainingCredit: 0,
      Payments: [{ PaymentID: payment.PaymentID, Amount: 108.25 }],
    });
    expect(messagesOf(await refund(id, 1))).toEqual([
      'Payment amount exceeds the amount outstanding on this document',
    ]);
    await send(client, 'POST', `Payments/${payment.PaymentID}`, { Status: 'DELETED' });
    expect(await noteNow(id)).toMatchObject({ Status: 'AUTHORISED', RemainingCredit: 108.25, Payments: [] });
    const where = `CreditNote.CreditNoteID==guid("${id}")`;
    const found = (await client.api('GET', `Payments?page=1&where=${where}`)).json.Payments;
    expect(found).toMatchObject([{ Status: 'DELETED', CreditNote: { CreditNoteID: id } }]);
  });

  it.each<[string, (credit: Json, debt: Json) => Promise<Answer>, RegExp]>([
    [
      'more than remains',
      (credit, debt) => allocate(credit.CreditNoteID, part(debt, 108.26)),
      /remaining credit/,
    ],
    [
      'more than is due',
      async (credit, debt) => {
        await make(client, 'Payments', { Invoice: debt, Account: { Code: '090' }, Amount: 100 });
        return allocate(credit.CreditNoteID, part(debt, 8.26));
      },
      /amount outstanding/,
    ],
    ['nothing', (credit, debt) => allocate(credit.CreditNoteID, part(debt, 0)), /greater than zero/],
    [
      'to another customer',
      async (credit) => {
        const other = await make(client, 'Invoices', invoiceFor(await makeContact(client)));
        return allocate(credit.CreditNoteID, part(other, 1));
      },
      /same contact/,
    ],
    [
      'to a bill',
      async (credit) => {
        const bill = await make(client, 'Invoices', billFor(customer));
        return allocate(credit.CreditNoteID, part(bill, 1));
      },
      /type ACCPAY/,
    ],
    [
      'to a draft',
      async (credit) => allocate(credit.CreditNoteID, part(await invoice({ Status: 'DRAFT' }), 1)),
      /Authorised documents/,
    ],
    [
      'from a draft',
      async (_credit, debt) => allocate((await note({ Status: 'DRAFT' })).CreditNoteID, part(debt, 1)),
      /Only Authorised credits/,
    ],
    [
      'of another currency',
      async (credit) => {
        await client.api('PUT', 'Currencies', { body: { Code: 'EUR' } });
        return allocate(credit.CreditNoteID, part(await invoice({ CurrencyCode: 'EUR' }), 1));
      },
      /same currency/,
    ],
  ])('cannot be allocated: %s', async (_what, act, message) => {
    const [credit, debt] = [await note(), await invoice()];
    const answer = await act(credit, debt);
    expect(answer.status).toBe(400);
    expect(messagesOf(answer)[0]).toMatch(message);
    expect((await noteNow(credit.CreditNoteID)).RemainingCredit).toBe(108.25);
  });

  it('and invoices that are set off can neither be voided nor change amounts or contact', async () => {
    const [credit, debt] = [await note(), await invoice()];
    await allocate(credit.CreditNoteID, part(debt, 10));
    const edited = 'This document cannot be edited as it has a payment or credit note allocated to it.';
    for (const path of [`CreditNotes/${credit.CreditNoteID}`, `Invoices/${debt.InvoiceID}`]) {
      expect(messagesOf(await send(client, 'POST', path, { Status: 'VOIDED' }))[0]).toMatch(/VOIDED cannot/);
      expect(messagesOf(await send(client, 'POST', path, { Date: '2026-11-01' }))).toEqual([edited]);
      const Contact = { ContactID: await makeContact(client) };
      expect(messagesOf(await send(client, 'POST', path, { Contact }))).toEqual([edited]);
      expect((await send(client, 'POST', path, { Reference: 'new' })).status).toBe(200);
    }
  });

  it('may be edited and voided before they are used, and take nothing afterwards', async () => {
    const { CreditNoteID: id } = await note();
    const post = (fields: object) => send(client, 'POST', `CreditNotes/${id}`, fields);
    const [edited] = (await post({ LineItems: [line({ UnitAmount: 50 })] })).json.CreditNotes;
    expect([edited.Total, edited.RemainingCredit]).toEqual([54.13, 54.13]);
    expect((await post({ Status: 'VOIDED' })).json.CreditNotes[0]).toMatchObject({ RemainingCredit: 0 });
    expect(messagesOf(await post({ Reference: 'x' }))).toEqual([
      'Credit note not of valid status for modification',
    ]);
  });

  it.each([
    [{ LineItems: [line({ DiscountRate: 5 })] }, /DiscountRate is not supported for credit notes/],
    [{ Type: 'ACCREC' }, /must be ACCRECCREDIT or ACCPAYCREDIT/],
    [{ Contact: undefined }, /^The Contact must contain/],
    [{ LineItems: [] }, /One or more line items/],
    [{ CreditNoteNumber: 'CN-9' }, /Credit Note # must be unique/],
  ])('refuse %j', async (fields, message) => {
    await note({ CreditNoteNumber: 'CN-9' });
    expect(messagesOf(await send(client, 'PUT', 'CreditNotes', creditNoteFor(customer, fields)))[0]).toMatch(
      message,
    );
  });

  it('of suppliers lower bills; their numbers are not unique and they have no reference', async () => {
    const LineItems = [purchaseLine()];
    const fields = { Type: 'ACCPAYCREDIT', CreditNoteNumber: 'S-1', Reference: 'x', LineItems };
    await note(fields);
    const credit = await note(fields);
    const bill = await make(client, 'Invoices', billFor(customer));
    expect(credit).toMatchObject({ CreditNoteNumber: 'S-1', Reference: '' });
    expect((await allocate(credit.CreditNoteID, part(bill, 108.25))).status).toBe(200);
    expect(await invoiceNow(bill.InvoiceID)).toMatchObject({ Status: 'PAID', AmountCredited: 108.25 });
  });

  it('are found by a filter over ids, and have lines in pages only', async () => {
    const [first, second] = [await note(), await note()];
    await note();
    const where = [first, second].map((one) => `CreditNoteID==guid("${one.CreditNoteID}")`).join(' OR ');
    const { CreditNotes } = (await client.api('GET', `CreditNotes?page=1&where=${where}`)).json;
    expect(CreditNotes.map((one: Json) => one.LineItems.length)).toEqual([1, 1]);
    const all = (await client.api('GET', 'CreditNotes')).json.CreditNotes;
    expect(all.map((one: Json) => one.LineItems.length)).toEqual([0, 0, 0]);
  });
});
