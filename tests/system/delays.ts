import { setTimeout as delay } from 'node:timers/promises';
import { type Entity, ENTITIES } from '@sync/domain';
import { type ApiStage, openApiStage, subscribe } from './api-stage.js';
import { everythingBothWays, synced } from './idle-day.js';
import type { Ledger, LedgerDocument } from './sandbox-control.js';
import { openIssues } from './settled.js';
import { type SimulatedTime, simulatedTime } from './simulated-time.js';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Something that a person does in Xero, and how the CRM shows that it has it. */
interface Change {
  what: string;
  entity: Entity;
  act: { entity: string; action: string; id?: string; fields?: object };
  arrived(document: LedgerDocument, before: LedgerDocument | undefined): boolean;
}

/** How late a change may be, by what was done. */
export type Delays = Readonly<Record<string, number>>;

/** Of these a webhook tells; payments and refunds move a document of which one tells. */
export const TOLD: Delays = {
  'customer renamed': MINUTE,
  'vendor renamed': MINUTE,
  'invoice made': MINUTE,
  'invoice paid': MINUTE,
  'credit note made': MINUTE,
  'credit note paid back': MINUTE,
};

/** The beats of what is read often. */
export const OFTEN: Delays = { 'invoice made': HOUR / 4, 'invoice paid': HOUR / 4, 'expense made': HOUR / 4 };

/** The beats of everything. */
export const BY_BEAT: Delays = {
  ...OFTEN,
  'customer renamed': HOUR,
  'vendor renamed': HOUR,
  'credit note made': 4 * HOUR,
  'credit note paid back': 4 * HOUR,
  'item renamed': 6 * HOUR,
  'purchase order made': 6 * HOUR,
  'tax rate made': 24 * HOUR,
};

/** Changes in Xero are in the CRM in time, by both clocks moved together in steps; with webhooks or without. */
export function proveDelays(request: {
  atMost: Delays;
  webhooks: boolean;
  stepMs: number;
  timeoutMs: number;
}): void {
  const { atMost, webhooks, stepMs, timeoutMs } = request;
  let stage: ApiStage;
  let found: Record<string, number>;
  beforeAll(async () => {
    stage = await openApiStage({
      size: 20,
      worker: 'none',
      dayLimit: 1000,
      settings: everythingBothWays(),
    });
    const time = simulatedTime(stage);
    await synced(stage, time);
    if (webhooks) await subscribe(stage);
    await readLately(time);
    await stage.sandbox.post('limits', { enabled: true, day: 1000 });
    const changes = (await changesFor(stage)).filter(({ what }) => what in atMost);
    for (const { act } of changes) await stage.sandbox.inXero(act);
    found = await measure({ stage, time, stepMs }, changes, Math.max(...Object.values(atMost)));
    console.info(`seconds until the CRM has it: ${JSON.stringify(found)}`);
  }, timeoutMs);
  afterAll(() => stage.close());

  it.each(Object.entries(atMost))('%s, within %i ms', (what, ms) => {
    // A change is seen between two steps.
    expect(found[what] ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual((ms + stepMs) / SECOND);
  });

  it('nothing else is said of it', async () => {
    expect(await openIssues(stage)).toEqual([]);
  });
}

/** Our own first writes have come back by then, and everything was read a moment ago. */
async function readLately(time: SimulatedTime): Promise<void> {
  for (let step = 0; step < 31; step += 1) {
    await time.pass(MINUTE);
    await time.work();
  }
}

async function measure(
  { stage, time, stepMs }: { stage: ApiStage; time: SimulatedTime; stepMs: number },
  changes: readonly Change[],
  longestMs: number,
): Promise<Record<string, number>> {
  const before = await stage.sandbox.crmLedger(true);
  const startedAt = time.now();
  const found: Record<string, number> = {};
  while (time.now() - startedAt <= longestMs + stepMs && Object.keys(found).length < changes.length) {
    await time.pass(stepMs);
    await delivered(stage);
    await time.work();
    const now = await stage.sandbox.crmLedger(true);
    for (const change of changes) {
      if (found[change.what] === undefined && isThere(change, { before, now }))
        found[change.what] = Math.round((time.now() - startedAt) / SECOND);
    }
  }
  return found;
}

function isThere({ entity, arrived }: Change, { before, now }: { before: Ledger; now: Ledger }): boolean {
  const known = new Map(before[entity]?.documents?.map((document) => [document.id, document]));
  return (now[entity]?.documents ?? []).some((document) => arrived(document, known.get(document.id)));
}

/** What Xero tells goes over the network, which knows nothing of simulated time. */
async function delivered({ sandbox }: ApiStage): Promise<void> {
  for (let look = 0; look < 40; look += 1) {
    const { subscriptions } = await sandbox.get<{ subscriptions: { pending: number }[] }>('webhooks');
    if (subscriptions.every(({ pending }) => pending === 0)) return;
    await delay(25);
  }
}

async function changesFor({ sandbox }: ApiStage): Promise<Change[]> {
  const ledger = await sandbox.ledger(true);
  const some = (entity: Entity, isIt: (document: LedgerDocument) => boolean = () => true): string => {
    const document = ledger[entity]?.documents?.find(isIt);
    if (!document) throw new Error(`Xero has no such ${entity}`);
    return document.id;
  };
  const isOpen = ({ total, due }: LedgerDocument) => total === due && due !== '0.00';
  const [customer, vendor] = [some('customers'), some('vendors')];
  return [
    renamed('customers', 'contact', customer),
    renamed('vendors', 'contact', vendor),
    renamed('items', 'item', some('items')),
    made('invoices', 'invoice', { total: '77.01', contact: customer }),
    made('credit-notes', 'credit-note', { total: '77.02', contact: customer }),
    made('expenses', 'expense', { total: '77.03', contact: vendor }),
    made('purchase-orders', 'purchase-order', { total: '77.04', contact: vendor }),
    settled('payments', { entity: 'invoice', action: 'pay', id: some('invoices', isOpen) }, 'invoice paid'),
    settled(
      'refunds',
      { entity: 'credit-note', action: 'refund', id: some('credit-notes', isOpen) },
      'credit note paid back',
    ),
    {
      what: 'tax rate made',
      entity: 'taxes',
      act: {
        entity: 'tax',
        action: 'create',
        fields: { Name: 'Spare', TaxComponents: [{ Name: 'Spare', Rate: 7 }] },
      },
      arrived: ({ name }) => name?.startsWith('Spare') ?? false,
    },
  ];
}

const WORDS: Readonly<Partial<Record<Entity, string>>> = Object.fromEntries(
  ENTITIES.map((entity) => [entity, entity.replace('-', ' ').replace(/s$/, '')]),
);

function renamed(entity: Entity, kind: string, id: string): Change {
  const Name = `Renamed ${kind} ${entity}`;
  return {
    what: `${WORDS[entity]} renamed`,
    entity,
    act: { entity: kind, action: 'edit', id, fields: { Name } },
    arrived: ({ name }) => name === Name,
  };
}

/** A document with one line without tax. */
function made(entity: Entity, kind: string, { total, contact }: { total: string; contact: string }): Change {
  const AccountCode = entity === 'expenses' ? '453' : '200';
  const line = { Description: 'Work', Quantity: 1, UnitAmount: Number(total), AccountCode, TaxType: 'NONE' };
  const fields = { Contact: { ContactID: contact }, LineItems: [line] };
  return {
    what: `${WORDS[entity]} made`,
    entity,
    act: { entity: kind, action: 'create', fields },
    arrived: (document) => document.total === total,
  };
}

function settled(entity: Entity, act: Change['act'], what: string): Change {
  return { what, entity, act, arrived: (_, before) => before === undefined };
}
