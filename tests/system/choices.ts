import { waitUntil } from '@sync/testing';
import { type ApiStage, openApiStage, subscribe } from './api-stage.js';
import { expectSameBooks } from './same-books.js';
import { expectSettled, issueOpened, openIssues } from './settled.js';
import { BEAT_MS } from './stage.js';

interface Conflict {
  recordId: string;
  version: string;
  fields: { field: string; crm: unknown; xero: unknown }[];
}

interface Held {
  items: { entity: string; count: number }[];
}

/** Where both sides changed a field, nothing is written before a person has chosen, and then both hold what was chosen. */
export function proveChoicesAreTaken(timeoutMs: number): void {
  let stage: ApiStage;
  beforeAll(async () => {
    const directions = { customers: 'two-way' } as const;
    const settings = { writeBack: true, conflicts: 'ask', directions } as const;
    stage = await openApiStage({ beatMs: BEAT_MS, size: 10, settings });
    await stage.sync('full', timeoutMs);
    await subscribe(stage);
  }, timeoutMs);
  afterAll(() => stage.close());

  it.each(['crm', 'xero'] as const)(
    'a customer whom both sides renamed is called as in the one that is chosen: %s',
    async (side) => {
      const names = { crm: `Named in the CRM, ${side}`, xero: `Named in Xero, ${side}` };
      const { crmId, xeroId } = await someCustomer(stage);
      const edit = { action: 'edit' } as const;
      const { inCrm, inXero } = stage.sandbox;
      await inCrm({ ...edit, entity: 'customers', id: crmId, fields: { company: names.crm } });
      await inXero({ ...edit, entity: 'contact', id: xeroId, fields: { Name: names.xero } });
      await issueOpened(stage, 'RECORD_CONFLICT');
      const { items } = await stage.get<{ items: Conflict[] }>('conflicts');
      expect(items).toMatchObject([{ fields: [{ field: 'name', ...names }] }]);
      await stage.post(`conflicts/${items[0]?.recordId}`, {
        choices: { name: side },
        version: items[0]?.version,
      });
      await stage.quiet();
      expect(await nameInBoth(stage, { crmId, xeroId })).toEqual([names[side], names[side]]);
      expect(await stage.get('conflicts')).toEqual({ items: [], nextCursor: null });
      expect(await openIssues(stage)).toEqual([]);
    },
    timeoutMs,
  );
}

/** More voids than usual are held, nothing of them is in Xero before a person confirms, and then all of them are. */
export function proveMassChangesAreHeld(timeoutMs: number): void {
  let stage: ApiStage;
  beforeAll(async () => {
    stage = await openApiStage({ beatMs: BEAT_MS, size: 60, settings: { goneFromCrm: 'void' } });
    await stage.sync('full', timeoutMs);
  }, timeoutMs);
  afterAll(() => stage.close());

  it(
    'invoices that are cancelled in the CRM all at once',
    async () => {
      const untouched = await untouchedInvoices(stage, 21);
      for (const id of untouched) await stage.sandbox.inCrm({ action: 'cancel', entity: 'invoices', id });
      const before = (await stage.sandbox.ledger())['invoices']?.count ?? 0;
      await stage.event('invoices', ...untouched);
      await issueOpened(stage, 'MASS_CHANGE_HELD');
      expect(await stage.get<Held>('held-changes')).toMatchObject({
        items: [{ entity: 'invoices', count: untouched.length }],
      });
      expect((await stage.sandbox.ledger())['invoices']?.count).toBe(before);
      await stage.post('held-changes/confirm');
      const isVoid = async () =>
        (await stage.sandbox.ledger())['invoices']?.count === before - untouched.length;
      await waitUntil(isVoid, { what: 'the invoices to be void in Xero', timeoutMs: 30_000 });
      await stage.quiet();
      await expectSettled(stage);
      await expectSameBooks(stage.sandbox);
      expect(await stage.get<Held>('held-changes')).toEqual({ items: [] });
    },
    timeoutMs,
  );
}

interface Ids {
  crmId: string;
  xeroId: string;
}

async function someCustomer(stage: ApiStage): Promise<Ids> {
  const { items } = await stage.get<{ items: Ids[] }>('records?entity=customers&status=synced&limit=1');
  const [customer] = items;
  if (!customer) throw new Error('no customer is on both sides');
  return customer;
}

async function nameInBoth({ sandbox }: ApiStage, { crmId, xeroId }: Ids) {
  const crm = (await sandbox.crmLedger(true))['customers']?.documents ?? [];
  const xero = (await sandbox.ledger(true))['customers']?.documents ?? [];
  return [crm.find(({ id }) => id === crmId)?.name, xero.find(({ id }) => id === xeroId)?.name];
}

/** Invoices of the CRM on which nothing was paid or credited. */
async function untouchedInvoices({ sandbox }: ApiStage, count: number): Promise<string[]> {
  const invoices = (await sandbox.crmLedger(true))['invoices']?.documents ?? [];
  const untouched = invoices.filter(({ total, due }) => due === total).map(({ id }) => id);
  expect(untouched.length).toBeGreaterThanOrEqual(count);
  return untouched.slice(0, count);
}
