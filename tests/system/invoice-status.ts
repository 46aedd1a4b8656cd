import { doneInCrm, openBothWays, partnerOf, theOne, xeroDocuments } from './both-sides.js';
import { writing } from './sandbox-control.js';
import type { Stage } from './stage.js';

/** How invoices arrive in Xero is the organization's choice; that they were sent is told, and nobody gets a mail. */
export function proveInvoiceStatusPolicy(timeoutMs: number): void {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openBothWays({}, timeoutMs);
  }, timeoutMs);
  afterAll(() => stage.close());

  it(
    'an invoice that was sent in the CRM is approved and marked as sent, one that was not is approved only',
    async () => {
      const sent = await inXero(stage, await newInvoice(stage, { sent: true }));
      const unsent = await inXero(stage, await newInvoice(stage, {}));
      expect([sent, unsent]).toMatchObject([
        { status: 'AUTHORISED', sent: true },
        { status: 'AUTHORISED', sent: false },
      ]);
      // Xero sends mail when it is asked to, by a call of its own, and never for the mark.
      const calls = await stage.sandbox.calls();
      expect(calls.filter(({ path }) => path.toLowerCase().includes('/email'))).toEqual([]);
    },
    timeoutMs,
  );

  it(
    'sending alone writes nothing; the mark goes with the next change',
    async () => {
      const id = await newInvoice(stage, {});
      await stage.sandbox.forgetCalls();
      await doneInCrm(stage, { action: 'edit', entity: 'invoices', id, fields: { sent: true } });
      expect(writing(await stage.sandbox.calls())).toEqual([]);
      await doneInCrm(stage, { action: 'edit', entity: 'invoices', id, fields: worth('55.00') });
      expect(await inXero(stage, id)).toMatchObject({ total: '55.00', sent: true });
    },
    timeoutMs,
  );

  it(
    'a draft of the CRM stays there until it is sent',
    async () => {
      await stage.sandbox.forgetCalls();
      const id = await newInvoice(stage, { status: 'draft' });
      expect(writing(await stage.sandbox.calls())).toEqual([]);
      const issued = { status: 'open', sent: true };
      await doneInCrm(stage, { action: 'edit', entity: 'invoices', id, fields: issued });
      expect(await inXero(stage, id)).toMatchObject({ status: 'AUTHORISED', sent: true });
    },
    timeoutMs,
  );

  it(
    'where drafts are wanted it is a draft, and no draft is marked as sent',
    async () => {
      const { admin } = stage.service.storage;
      await admin.updateSettings(stage.organizationId, { invoiceStatus: 'DRAFT' });
      const id = await newInvoice(stage, { sent: true });
      expect(await inXero(stage, id)).toMatchObject({ status: 'DRAFT', sent: false });
    },
    timeoutMs,
  );
}

function newInvoice(stage: Stage, fields: object): Promise<string> {
  return doneInCrm(stage, { action: 'create', entity: 'invoices', fields: { ...worth('40.00'), ...fields } });
}

async function inXero(stage: Stage, crmId: string) {
  const id = await partnerOf(stage, 'invoices', { crmId });
  return theOne(await xeroDocuments(stage, 'invoices'), (one) => one.id === id);
}

/** One line without tax: the whole amount. */
function worth(price: string) {
  const line = { itemId: null, description: 'Work', quantity: '1', price, taxes: [] };
  return { lines: [line], discount: null, adjustment: '0.00' };
}
