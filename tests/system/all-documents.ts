import type { Entity } from '@sync/domain';
import { expectSameBooks, FALLBACK_SUPPLIER } from './same-books.js';
import type { Ledger, LedgerDocument } from './sandbox-control.js';
import { expectSettled, openIssues } from './settled.js';
import { BEAT_MS, openStage, type Stage } from './stage.js';

/** How many invoices the sample has beside everything else, and how long a proof may take. */
export interface DocumentsProof {
  size: number;
  timeoutMs: number;
}

/** Credit notes, the invoices that they are applied to, and what of them is paid back. */
export function proveCreditsArrive({ size, timeoutMs }: DocumentsProof): void {
  const stage = synced(size, timeoutMs);

  it.each(['credit-applications', 'refunds'] as const)('%s are of the same documents', async (entity) => {
    const { crm, xero } = await bothSides(stage());
    const expected = settlements(crm, entity);
    expect(expected.length).toBeGreaterThan(0);
    expect(settlements(xero, entity)).toEqual(expected);
  });

  it(
    'a new credit note, what is applied of it and what is paid back follow',
    async () => {
      const [note = ''] = await make(stage(), 'credit-notes');
      const [application = ''] = await make(stage(), 'credit-applications', {
        creditNoteId: note,
        amount: '0.50',
      });
      const [refund = ''] = await make(stage(), 'refunds', { creditNoteId: note });
      await stage().event('refunds', refund);
      await stage().event('credit-applications', application);
      await allIsWell(stage());
    },
    timeoutMs,
  );

  it(
    'two applications that are alike in everything are two',
    async () => {
      const [note = ''] = await make(stage(), 'credit-notes');
      const fields = { creditNoteId: note, amount: '0.25' };
      const [first = ''] = await make(stage(), 'credit-applications', fields);
      const [second = ''] = await make(stage(), 'credit-applications', fields);
      await stage().event('credit-applications', first, second);
      await allIsWell(stage());
    },
    timeoutMs,
  );

  it(
    'a credit note that is void in the CRM is not brought over',
    async () => {
      const [note = ''] = await make(stage(), 'credit-notes');
      await stage().sandbox.inCrm({ action: 'void', entity: 'credit-notes', id: note });
      await stage().event('credit-notes', note);
      await allIsWell(stage());
    },
    timeoutMs,
  );
}

/** Expenses and purchase orders, with the vendors that they are of. */
export function provePurchasesArrive({ size, timeoutMs }: DocumentsProof): void {
  const stage = synced(size, timeoutMs);

  it('every expense has its day, currency, amounts and supplier', async () => {
    const { crm, xero } = await bothSides(stage());
    const expected = crm['expenses']?.documents?.map(spent) ?? [];
    expect(expected.length).toBeGreaterThan(0);
    const found = xero['expenses']?.documents ?? [];
    expect(sorted(found.map(spent))).toEqual(sorted(expected));
    const vendors = crm['vendors']?.documents?.map(({ name }) => name ?? '') ?? [];
    for (const { contact } of found) expect([...vendors, FALLBACK_SUPPLIER]).toContain(contact);
  });

  it(
    'an expense of which the CRM knows no vendor is of the stand-in, which is made once',
    async () => {
      for (const amount of ['3.21', '4.32']) {
        const [expense = ''] = await make(stage(), 'expenses', { vendorId: null, mode: null, amount });
        await stage().event('expenses', expense);
        await allIsWell(stage());
      }
      const { xero } = await bothSides(stage());
      const suppliers = xero['vendors']?.documents?.filter(({ name }) => name === FALLBACK_SUPPLIER);
      expect(suppliers).toHaveLength(1);
      const ofStandIn = xero['expenses']?.documents?.filter(({ contact }) => contact === FALLBACK_SUPPLIER);
      expect(ofStandIn?.length).toBeGreaterThanOrEqual(2);
    },
    timeoutMs,
  );

  it(
    'an expense that is changed in the CRM is changed in Xero',
    async () => {
      const [expense = ''] = await make(stage(), 'expenses');
      await stage().event('expenses', expense);
      await allIsWell(stage());
      await edit(stage(), 'expenses', expense, { amount: '12.34' });
      await allIsWell(stage());
    },
    timeoutMs,
  );

  it(
    'a purchase order is a draft until it is approved in the CRM',
    async () => {
      const [order = ''] = await make(stage(), 'purchase-orders');
      await stage().event('purchase-orders', order);
      await allIsWell(stage());
      const number = await numberOf(stage(), 'purchase-orders', order);
      expect(await statusOf(stage(), number)).toBe('DRAFT');
      await edit(stage(), 'purchase-orders', order, { status: 'approved' });
      await allIsWell(stage());
      expect(await statusOf(stage(), number)).toBe('AUTHORISED');
    },
    timeoutMs,
  );
}

function synced(size: number, timeoutMs: number): () => Stage {
  let stage: Stage | undefined;
  beforeAll(async () => {
    stage = await openStage({ beatMs: BEAT_MS, size });
    await stage.sync('full', timeoutMs);
    await allIsWell(stage);
  }, timeoutMs);
  afterAll(() => stage?.close());
  return () => {
    if (!stage) throw new Error('the stage is not open yet');
    return stage;
  };
}

function make({ sandbox }: Stage, entity: Entity, fields?: object): Promise<string[]> {
  return sandbox.inCrm({ action: 'create', entity, ...(fields && { fields }) });
}

async function edit(stage: Stage, entity: Entity, id: string, fields: object): Promise<void> {
  await stage.sandbox.inCrm({ action: 'edit', entity, id, fields });
  await stage.event(entity, id);
}

async function allIsWell(stage: Stage): Promise<void> {
  await stage.quiet();
  await expectSameBooks(stage.sandbox);
  await expectSettled(stage);
  expect((await openIssues(stage)).map(({ code, meta }) => ({ code, meta }))).toEqual([]);
}

async function bothSides({ sandbox }: Stage): Promise<{ crm: Ledger; xero: Ledger }> {
  return { crm: await sandbox.crmLedger(true), xero: await sandbox.ledger(true) };
}

/** Applications and refunds have no number: they are told by the documents that they join. */
function settlements(ledger: Ledger, entity: 'credit-applications' | 'refunds'): string[] {
  const numbers = new Map(
    ['invoices', 'credit-notes'].flatMap((one) =>
      (ledger[one]?.documents ?? []).map(({ id, number }) => [id, number] as const),
    ),
  );
  const rows = (ledger[entity]?.documents ?? []).map((document) => {
    const { invoiceId, creditNoteId } = document;
    const ids = entity === 'refunds' ? [creditNoteId] : [creditNoteId, invoiceId];
    return [...ids.map((id) => numbers.get(id ?? '')), amounts(document)].join(' ');
  });
  return sorted(rows);
}

function amounts({ date, currency, total, tax }: LedgerDocument): string {
  return [date, currency, total, tax].join(' ');
}

function spent({ date, currency, total }: LedgerDocument): string {
  return [date, currency, total].join(' ');
}

function sorted(rows: readonly string[]): string[] {
  return rows.toSorted((a, b) => a.localeCompare(b));
}

async function numberOf({ sandbox }: Stage, entity: Entity, id: string): Promise<string> {
  const documents = (await sandbox.crmLedger(true))[entity]?.documents ?? [];
  return documents.find((document) => document.id === id)?.number ?? '';
}

async function statusOf({ sandbox }: Stage, number: string): Promise<string | undefined> {
  const documents = (await sandbox.ledger(true))['purchase-orders']?.documents ?? [];
  return documents.find((document) => document.number === number)?.status;
}
