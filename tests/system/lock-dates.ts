import {
  crmDocuments,
  doneInCrm,
  letReferenceFlow,
  openBothWays,
  partnerOf,
  readFromXero,
  theOne,
  xeroDocuments,
} from './both-sides.js';
import { writing } from './sandbox-control.js';
import { openIssues } from './settled.js';
import type { Stage } from './stage.js';

const LOCKED_UNTIL = '2026-11-19';
const FIRST_OPEN = '2026-11-20';
const LOCKED_DAY = '2026-11-01';
const NOTE = `(dated ${LOCKED_DAY} in the CRM)`;

/** What the CRM dated into a locked period is booked on the first open day, with a note; the CRM keeps its dates. */
export function proveLockedDatesMove(timeoutMs: number): void {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openBothWays({ settings: { lockedDates: 'move' } }, timeoutMs);
    const lock = { entity: 'organisation', action: 'set', fields: { periodLockDate: LOCKED_UNTIL } };
    await stage.sandbox.inXero(lock);
    await letReferenceFlow(stage);
  }, timeoutMs);
  afterAll(() => stage.close());

  it(
    'an invoice and what is paid of it',
    async () => {
      const invoiceId = await newInvoice(stage);
      const fields = { invoiceId, amount: '30.00', date: LOCKED_DAY, transactionId: 'TRX 9' };
      const paymentId = await doneInCrm(stage, { action: 'create', entity: 'payments', fields });
      const moved = { date: FIRST_OPEN, reference: expect.stringContaining(NOTE) as string };
      expect(await inXero(stage, 'invoices', invoiceId)).toMatchObject({ ...moved, paid: '30.00' });
      const payment = await inXero(stage, 'payments', paymentId);
      expect(payment).toMatchObject({
        ...moved,
        reference: expect.stringContaining(`TRX 9 ${NOTE}`) as string,
      });
      expect(await datesInCrm(stage, { invoiceId, paymentId })).toEqual([LOCKED_DAY, LOCKED_DAY]);
      expect(await openIssues(stage)).toEqual([]);
    },
    timeoutMs,
  );

  it(
    'an expense',
    async () => {
      const fields = { amount: '31.07', taxes: [], date: LOCKED_DAY };
      const id = await doneInCrm(stage, { action: 'create', entity: 'expenses', fields });
      const spent = await inXero(stage, 'expenses', id);
      expect(spent).toMatchObject({ date: FIRST_OPEN, reference: expect.stringContaining(NOTE) as string });
    },
    timeoutMs,
  );

  it(
    'may be edited in the CRM, and stays on that day',
    async () => {
      const id = await newInvoice(stage);
      await doneInCrm(stage, { action: 'edit', entity: 'invoices', id, fields: worth('55.00') });
      await doneInCrm(stage, { action: 'edit', entity: 'invoices', id, fields: { reference: 'PO 12' } });
      const held = await inXero(stage, 'invoices', id);
      expect(held).toMatchObject({ date: FIRST_OPEN, total: '55.00', reference: `PO 12 ${NOTE}` });
      expect(await openIssues(stage)).toEqual([]);
    },
    timeoutMs,
  );

  it(
    'nothing of it comes back as an edit, however often both sides are read',
    async () => {
      const before = await stage.sandbox.crmLedger(true);
      await stage.sandbox.forgetCalls();
      await stage.sync('full');
      await readFromXero(stage, 'invoices', 'payments', 'expenses');
      expect(writing(await stage.sandbox.calls())).toEqual([]);
      expect(await stage.sandbox.crmLedger(true)).toEqual(before);
    },
    timeoutMs,
  );

  it(
    'goes to its own day once the CRM gives it an open one',
    async () => {
      const id = await newInvoice(stage);
      await doneInCrm(stage, { action: 'edit', entity: 'invoices', id, fields: { date: '2026-11-21' } });
      const { reference, date } = await inXero(stage, 'invoices', id);
      expect({ reference: reference ?? '', date }).toEqual({
        reference: expect.not.stringContaining('dated') as string,
        date: '2026-11-21',
      });
    },
    timeoutMs,
  );

  it(
    'parks where the organization does not want dates to be moved',
    async () => {
      await stage.service.storage.admin.updateSettings(stage.organizationId, { lockedDates: 'block' });
      await newInvoice(stage);
      expect((await openIssues(stage)).map(({ code }) => code)).toEqual(['DATE_LOCKED']);
    },
    timeoutMs,
  );
}

function newInvoice(stage: Stage): Promise<string> {
  const fields = { ...worth('40.00'), date: LOCKED_DAY, dueDate: '2026-12-01' };
  return doneInCrm(stage, { action: 'create', entity: 'invoices', fields });
}

async function inXero(stage: Stage, entity: 'invoices' | 'payments' | 'expenses', crmId: string) {
  const id = await partnerOf(stage, entity, { crmId });
  return theOne(await xeroDocuments(stage, entity), (one) => one.id === id);
}

async function datesInCrm(stage: Stage, ids: { invoiceId: string; paymentId: string }) {
  const invoice = theOne(await crmDocuments(stage, 'invoices'), ({ id }) => id === ids.invoiceId);
  const payment = theOne(await crmDocuments(stage, 'payments'), ({ id }) => id === ids.paymentId);
  return [invoice.date, payment.date];
}

/** One line without tax: the whole amount. */
function worth(price: string) {
  const line = { itemId: null, description: 'Work', quantity: '1', price, taxes: [] };
  return { lines: [line], discount: null, adjustment: '0.00' };
}
