import { grantWriting } from '../../libs/crm/src/perfex/testing/writer-login.js';
import {
  createPerfexDatabase,
  fillPerfexDatabase,
  type PerfexDatabase,
  type PerfexDatabaseOptions,
  type RowDataPacket,
} from '../../libs/testing/src/perfex/index.js';
import {
  doneInXero,
  letReferenceFlow,
  partnerOf,
  readFromXero,
  theOne,
  xeroDocuments,
} from './both-sides.js';
import { openPerfexStage } from './perfex.js';
import { type RuledInvoice, ruledInvoices } from './perfex-rule.js';
import { openIssues } from './settled.js';
import type { Stage } from './stage.js';

/** Which Perfex is written into. */
export interface PullProof {
  database: Required<Pick<PerfexDatabaseOptions, 'shape' | 'strict' | 'prefix'>>;
  timeoutMs: number;
}

const VOLUME = { customers: 6, items: 5, invoices: 12, payments: 3, vendors: 2, expenses: 2 };
/** Odd to the cent, so that the tax of each line and that of the document part. */
const PRICES = [33.33, 10.01, 7.77, 19.99, 0.37, 101.03];
const LATER = '2099-12-31';

/** What people do in Xero is in Perfex's tables, as Perfex itself would have computed, numbered and judged it. */
export function provePerfexPull({ database, timeoutMs }: PullProof): void {
  let perfex: PerfexDatabase;
  let stage: Stage;
  beforeAll(async () => {
    perfex = await createPerfexDatabase({ ...database, seeded: false });
    await fillPerfexDatabase(perfex, VOLUME);
    await perfex.connection.query('create table ?? (id int auto_increment primary key, email varchar(100))', [
      perfex.table('mail_queue'),
    ]);
    const directions = { items: 'two-way' } as const;
    const settings = { writeBack: true, autoSync: true, goneFromXero: 'void', directions } as const;
    const reader = { ...perfex.reader, ...(await grantWriting(perfex)) };
    stage = await openPerfexStage({ ...perfex, reader }, { settings });
    // No category bears the name of the account that is spent on: it comes from Xero.
    await letReferenceFlow(stage);
    await stage.sync('full', timeoutMs);
    await stage.quiet();
  }, timeoutMs);
  afterAll(async () => {
    await stage.close();
    await perfex.drop();
  });

  it(
    'new invoices of a new customer, with odd cents and several taxes, paid, paid in part and void',
    async () => {
      const before = await ruled(perfex);
      const counter = await counterOf(perfex);
      const contact = { action: 'create', entity: 'contact', fields: { Name: 'Walk-in' } };
      const { id: contactId } = await doneInXero(stage, contact);
      const [open, paid, inPart, voided] = [
        await invoiced(stage, contactId),
        await invoiced(stage, contactId),
        await invoiced(stage, contactId),
        await invoiced(stage, contactId),
      ];
      await doneInXero(stage, { action: 'pay', entity: 'invoice', id: paid });
      await doneInXero(stage, { action: 'pay', entity: 'invoice', id: inPart, fields: { Amount: 11.11 } });
      await readFromXero(stage, 'invoices', 'payments');
      await doneInXero(stage, { action: 'void', entity: 'invoice', id: voided });
      await readFromXero(stage, 'invoices');
      const made = (await ruled(perfex)).slice(before.length);
      await expectByRule(stage, made);
      const statuses = await Promise.all([open, paid, inPart, voided].map((id) => statusOf(stage, made, id)));
      expect(statuses).toEqual([1, 2, 3, 5]);
      await expectInSequence(perfex, counter, made);
    },
    timeoutMs,
  );

  it(
    'the lines of an invoice of Perfex, edited in Xero, and what is paid of it there',
    async () => {
      const untouched = (await ruled(perfex)).find(
        ({ status, paid }) => [1, 4].includes(status) && paid === '0.00',
      );
      const crmId = untouched?.id ?? '';
      const id = await partnerOf(stage, 'invoices', { crmId });
      const fields = { LineItems: await linesOf(stage) };
      await doneInXero(stage, { action: 'edit', entity: 'invoice', id, fields });
      await readFromXero(stage, 'invoices');
      const edited = (await ruled(perfex)).filter((one) => one.id === crmId);
      expect(edited.map(({ total }) => total)).not.toEqual([untouched?.total]);
      await expectByRule(stage, edited);
      await doneInXero(stage, { action: 'pay', entity: 'invoice', id, fields: { Amount: 5.55 } });
      await readFromXero(stage, 'invoices', 'payments');
      const paid = (await ruled(perfex)).filter((one) => one.id === crmId);
      expect(paid).toMatchObject([{ paid: '5.55', status: 3 }]);
      await expectByRule(stage, paid);
    },
    timeoutMs,
  );

  it(
    'money that was spent on an account that a category stands for',
    async () => {
      const line = {
        Description: 'Paper',
        Quantity: 3,
        UnitAmount: 6.67,
        AccountCode: '453',
        TaxType: 'NONE',
      };
      const fields = { Contact: { Name: 'Corner Shop' }, LineItems: [line] };
      const { id } = await doneInXero(stage, { action: 'create', entity: 'expense', fields });
      await readFromXero(stage, 'expenses');
      const crmId = await partnerOf(stage, 'expenses', { xeroId: id });
      const [rows] = await perfex.connection.query<RowDataPacket[]>(
        'select e.amount, e.tax, c.name as category from ?? e join ?? c on c.id = e.category where e.id = ?',
        [perfex.table('expenses'), perfex.table('expenses_categories'), crmId],
      );
      expect(rows).toMatchObject([{ amount: '20.01' }]);
      expect(Number(rows[0]?.['tax'] ?? 0)).toBe(0);
      expect(await issuesOf(stage)).toEqual([]);
    },
    timeoutMs,
  );

  it(
    'an item that is made and changed there, whose code Perfex has no place for',
    async () => {
      const fields = { Code: 'LAMP-X', Name: 'Lamp', SalesDetails: { UnitPrice: 12.5, AccountCode: '200' } };
      const { id } = await doneInXero(stage, { action: 'create', entity: 'item', fields });
      await readFromXero(stage, 'items');
      const Name = 'Bright lamp';
      await doneInXero(stage, { action: 'edit', entity: 'item', id, fields: { Name } });
      await readFromXero(stage, 'items');
      const crmId = await partnerOf(stage, 'items', { xeroId: id });
      const [rows] = await perfex.connection.query('select description, rate from ?? where id = ?', [
        perfex.table('items'),
        crmId,
      ]);
      expect(rows).toEqual([{ description: 'Bright lamp', rate: '12.50' }]);
      await perfex.connection.query('update ?? set rate = 13.75 where id = ?', [
        perfex.table('items'),
        crmId,
      ]);
      await stage.sync('incremental', timeoutMs);
      await stage.quiet();
      const held = theOne(await xeroDocuments(stage, 'items'), (one) => one.id === id);
      expect(held).toMatchObject({ number: 'LAMP-X', name: 'Bright lamp' });
      expect(await issuesOf(stage)).toEqual([]);
    },
    timeoutMs,
  );

  it(
    'nobody gets a mail about any of it, and nothing of it comes back as an edit',
    async () => {
      const count = 'select count(*) as count from ??';
      const [mails] = await perfex.connection.query<RowDataPacket[]>(count, [perfex.table('mail_queue')]);
      expect(mails).toMatchObject([{ count: 0 }]);
      await stage.sandbox.forgetCalls();
      await stage.sync('full', timeoutMs);
      await stage.quiet();
      const writes = (await stage.sandbox.calls()).filter(({ method }) => method !== 'GET');
      expect(writes.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
    },
    timeoutMs,
  );
}

function ruled(perfex: PerfexDatabase): Promise<RuledInvoice[]> {
  const today = new Date().toLocaleDateString('sv-SE', { timeZone: 'Europe/Berlin' });
  return ruledInvoices(perfex, today);
}

/** One line for each tax of the CRM that Xero knows. */
async function linesOf(stage: Stage): Promise<object[]> {
  const taxes = (await xeroDocuments(stage, 'taxes')).map(({ id }) => id);
  expect(taxes.length).toBeGreaterThan(2);
  return PRICES.map((UnitAmount, index) => ({
    Description: `Work ${index}`,
    Quantity: 3,
    UnitAmount,
    AccountCode: '200',
    TaxType: taxes[index % taxes.length],
  }));
}

async function invoiced(stage: Stage, ContactID: string): Promise<string> {
  const fields = { Contact: { ContactID }, DueDate: LATER, LineItems: await linesOf(stage) };
  return (await doneInXero(stage, { action: 'create', entity: 'invoice', fields })).id;
}

/** What is stored is what the rule says, and both sides are equal to the cent. */
async function expectByRule(stage: Stage, invoices: readonly RuledInvoice[]): Promise<void> {
  expect(invoices.map(({ id, stored, status }) => ({ id, stored, status }))).toEqual(
    invoices.map(({ id, byRule, statusByRule }) => ({ id, stored: byRule, status: statusByRule })),
  );
  const inXero = new Map((await xeroDocuments(stage, 'invoices')).map((one) => [one.id, one]));
  for (const { id, total, paid, due } of invoices.filter(({ status }) => status !== 5)) {
    expect(inXero.get(await partnerOf(stage, 'invoices', { crmId: id }))).toMatchObject({ total, paid, due });
  }
  expect(await issuesOf(stage)).toEqual([]);
}

async function statusOf(stage: Stage, invoices: readonly RuledInvoice[], xeroId: string) {
  const crmId = await partnerOf(stage, 'invoices', { xeroId });
  return invoices.find(({ id }) => id === crmId)?.status;
}

/** New ones are numbered from the counter on, without a gap, and then it stands after the last. */
async function expectInSequence(
  perfex: PerfexDatabase,
  counter: number,
  made: readonly RuledInvoice[],
): Promise<void> {
  const numbers = made.map(({ number }) => number);
  const inOrder = numbers.map((_, index) => counter + index);
  expect(numbers.toSorted((a, b) => a - b)).toEqual(inOrder);
  expect(await counterOf(perfex)).toBe(counter + made.length);
  const formatted = numbers.map((number) => `INV-${String(number).padStart(6, '0')}`);
  if (perfex.shape === '3.4.0') expect(made.map((one) => one.formatted)).toEqual(formatted);
}

async function counterOf({ connection, table }: PerfexDatabase): Promise<number> {
  const [options] = await connection.query<RowDataPacket[]>('select value from ?? where name = ?', [
    table('options'),
    'next_invoice_number',
  ]);
  return Number(options[0]?.['value']);
}

async function issuesOf(stage: Stage): Promise<string[]> {
  return (await openIssues(stage)).map(({ code, meta }) => `${code} ${JSON.stringify(meta)}`);
}
