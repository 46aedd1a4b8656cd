import type { WebhookCategory, WebhookNotice } from '@sync/engine';
import { waitUntil } from '@sync/testing';
import { type ApiStage, openApiStage, subscribe } from './api-stage.js';
import type { LedgerDocument } from './sandbox-control.js';
import { openIssues } from './settled.js';
import { BEAT_MS, type Stage } from './stage.js';

/** What Xero tells of is stored once, before it is told that we have it. */
export function proveWebhooksArrive(timeoutMs: number): void {
  let stage: ApiStage;
  beforeAll(async () => {
    stage = await openApiStage({ worker: 'none', size: 1 });
  }, timeoutMs);
  afterAll(() => stage.close());

  it('are subscribed to only with the right key', async () => {
    await expect(subscribe(stage, { key: 'another key' })).rejects.toThrow(/must be answered 200, not 401/);
    await expect(subscribe(stage)).resolves.toMatchObject({ status: 'active' });
  });

  it('tell of what a person does in Xero', async () => {
    await subscribe(stage);
    await stage.sandbox.inXero({ entity: 'contact', action: 'create', fields: { Name: 'Walk-in' } });
    const [notice] = await inboxOf(stage, 'CONTACT', 1);
    const known = await stage.sandbox.ledger(true);
    expect(known['customers']?.documents).toMatchObject([{ id: notice?.resourceId, name: 'Walk-in' }]);
  });

  it('that come twice, late and in disorder leave one note of each record', async () => {
    await subscribe(stage, { duplicates: 1, disorder: 0.5 });
    const names = ['One', 'Two', 'Three', 'Four'];
    for (const Name of names) {
      await stage.sandbox.inXero({ entity: 'contact', action: 'create', fields: { Name } });
    }
    await allDelivered(stage, 2 * names.length);
    const told = (await inboxOf(stage, 'CONTACT', names.length)).map(({ resourceId }) => resourceId);
    const contacts = (await stage.sandbox.ledger(true))['customers']?.documents ?? [];
    const expected = contacts.filter(({ name }) => names.includes(name ?? '')).map(({ id }) => id);
    expect(told.toSorted()).toEqual(expected.toSorted());
  });
}

/** A change that Xero tells of is in the CRM long before its turn to be looked for has come. */
export function proveToldChangesReachTheCrm(timeoutMs: number): void {
  let stage: ApiStage;
  beforeAll(async () => {
    const directions = { customers: 'two-way', invoices: 'two-way' } as const;
    const settings = { autoSync: true, writeBack: true, directions };
    stage = await openApiStage({ beatMs: BEAT_MS, size: 10, settings });
    await stage.sync('full', timeoutMs);
    await subscribe(stage);
  }, timeoutMs);
  afterAll(() => stage.close());

  it(
    'a customer who is renamed in Xero',
    async () => {
      const [customer] = (await stage.sandbox.ledger(true))['customers']?.documents ?? [];
      const fields = { Name: 'Renamed in Xero' };
      await stage.sandbox.inXero({ entity: 'contact', action: 'edit', id: customer?.id ?? '', fields });
      await crmHolds(stage, 'customers', ({ name }) => name === fields.Name);
      expect(await openIssues(stage)).toEqual([]);
    },
    timeoutMs,
  );

  it(
    'an invoice that is paid in Xero, of which only the invoice is told',
    async () => {
      const open = (await stage.sandbox.ledger(true))['invoices']?.documents?.find(isUnpaid);
      await stage.sandbox.inXero({ entity: 'invoice', action: 'pay', id: open?.id ?? '' });
      const isPaid = ({ number, due }: LedgerDocument) => number === open?.number && due === '0.00';
      await crmHolds(stage, 'invoices', isPaid);
      expect(await openIssues(stage)).toEqual([]);
    },
    timeoutMs,
  );
}

function isUnpaid({ total, due }: LedgerDocument): boolean {
  return due === total;
}

/** Waits until as many records of a category were told of, and takes them. */
async function inboxOf(
  { service, organizationId }: Stage,
  category: WebhookCategory,
  count: number,
): Promise<WebhookNotice[]> {
  const { webhooks, organizations } = service.parts.stores;
  const connectionId = (await organizations.load(organizationId))?.xeroConnection.id ?? '';
  const found: WebhookNotice[] = [];
  await waitUntil(
    async () => {
      const notices = await webhooks.take(connectionId, category, 100);
      await webhooks.done(connectionId, notices);
      found.push(...notices);
      return found.length >= count;
    },
    { what: `${count} records to be told of` },
  );
  return found;
}

/** Waits until Xero has told as many events, and nothing is left. */
async function allDelivered({ sandbox }: Stage, count: number): Promise<void> {
  await waitUntil(
    async () => {
      const { subscriptions } = await sandbox.get<{
        subscriptions: { pending: number; delivered: number }[];
      }>('webhooks');
      return subscriptions.some(({ pending, delivered }) => pending === 0 && delivered === count);
    },
    { what: 'all webhooks to be delivered' },
  );
}

/** Waits until the CRM has such a document. */
async function crmHolds(
  { sandbox }: Stage,
  entity: string,
  isIt: (document: LedgerDocument) => boolean,
): Promise<LedgerDocument> {
  return waitUntil(async () => (await sandbox.crmLedger(true))[entity]?.documents?.find(isIt), {
    what: `the ${entity} in the CRM to be as in Xero`,
    timeoutMs: 20_000,
  });
}
