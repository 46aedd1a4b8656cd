import { setTimeout as sleep } from 'node:timers/promises';
import type { Entity } from '@sync/domain';
import { waitUntil } from '@sync/testing';
import type { Ledger, LedgerDocument } from './sandbox-control.js';
import type { Stage } from './stage.js';

/** Records that are looked at for one that is in Xero already; a backfill brings them over in this order. */
const CANDIDATES = 400;

type NamedDocument = LedgerDocument & { name: string | null };

/** An event that was measured: from the post until the service has booked Xero's answer. */
export interface MeasuredEvent {
  what: string;
  seconds: number;
  /** Whether Xero's books show what was changed. */
  isIn(xero: Ledger): boolean;
}

/** A change in the CRM that an event tells of. */
interface Change {
  entity: Entity;
  id: string;
  isIn: MeasuredEvent['isIn'];
}

/** The stage, and what the CRM held when the backfill began: asking for it again would keep the sandbox busy. */
interface Scene {
  stage: Stage;
  crm: Ledger;
  /** Ids of what was changed: no record is changed twice, and no invoice paid twice. */
  used: Set<string>;
}

/** Makes the n-th change of its kind in the CRM; null: nothing that could be changed is in Xero yet. */
type Edit = (scene: Scene, n: number) => Promise<Change | null>;

const invoiceEdited: Edit = async (scene, n) => {
  const invoice = await oneInXero(scene, 'invoices');
  if (!invoice) return null;
  const reference = `Changed order ${n}`;
  await actInCrm(scene, { entity: 'invoices', id: invoice.id, action: 'edit', fields: { reference } });
  const isIn = (xero: Ledger) =>
    documents(xero, 'invoices').some((one) => one.reference?.includes(reference));
  return { entity: 'invoices', id: invoice.id, isIn };
};

const customerEdited: Edit = async (scene, n) => {
  const customer = await oneInXero(scene, 'customers');
  if (!customer) return null;
  const company = `Renamed Company ${n}`;
  await actInCrm(scene, { entity: 'customers', id: customer.id, action: 'edit', fields: { company } });
  const isIn = (xero: Ledger) => documents(xero, 'customers').some(({ name }) => name === company);
  return { entity: 'customers', id: customer.id, isIn };
};

const paymentMade: Edit = async (scene) => {
  // Of one that a credit note settles, nothing is left to be paid.
  const open = await oneInXero(scene, 'invoices', ({ due, total }) => due === total);
  if (!open) return null;
  const id = await actInCrm(scene, { entity: 'payments', action: 'create', fields: { invoiceId: open.id } });
  const isIn = (xero: Ledger) => documents(xero, 'payments').some(({ number }) => number === open.number);
  return { entity: 'payments', id, isIn };
};

const EDITS: readonly [string, Edit][] = [
  ['invoice edited', invoiceEdited],
  ['customer edited', customerEdited],
  ['payment made', paymentMade],
];

/** Posts events of one kind after the other, a pause between them, until told to stop. */
export async function postEvents(
  stage: Stage,
  { pauseMs, stop }: { pauseMs: number; stop: AbortSignal },
): Promise<MeasuredEvent[]> {
  const scene = { stage, crm: await stage.sandbox.crmLedger(true), used: new Set<string>() };
  const measured: MeasuredEvent[] = [];
  for (let n = 0; !stop.aborted; n += 1) {
    const [what, edit] = EDITS[n % EDITS.length] ?? ['', invoiceEdited];
    const change = await edit(scene, n);
    if (change) {
      const seconds = await secondsUntilBooked(stage, change);
      measured.push({ what, seconds, isIn: change.isIn });
    }
    await sleep(change ? pauseMs : 200);
  }
  return measured;
}

async function secondsUntilBooked(stage: Stage, { entity, id }: Change): Promise<number> {
  const postedAt = performance.now();
  await stage.event(entity, id);
  await waitUntil(async () => (await inStep(stage, entity, [id])).has(id), {
    timeoutMs: 60_000,
    intervalMs: 50,
    what: `the event of ${entity} ${id} to be in Xero`,
  });
  return (performance.now() - postedAt) / 1000;
}

/** A record of the CRM that is in Xero, suits and was not changed before. */
async function oneInXero(
  { stage, crm, used }: Scene,
  entity: Entity,
  suits: (document: NamedDocument) => boolean = () => true,
): Promise<NamedDocument | null> {
  const candidates = documents(crm, entity)
    .filter((one) => suits(one) && !used.has(`${entity} ${one.id}`))
    .slice(0, CANDIDATES);
  const synced = await inStep(
    stage,
    entity,
    candidates.map(({ id }) => id),
  );
  const found = candidates.find(({ id }) => synced.has(id)) ?? null;
  if (found) used.add(`${entity} ${found.id}`);
  return found;
}

/** Which of these records are in Xero and have nothing left to be done. */
async function inStep(
  { service, organizationId }: Stage,
  entity: Entity,
  crmIds: readonly string[],
): Promise<Set<string>> {
  const wanted = crmIds.map((crmId) => ({ entity, crmId }));
  const states = await service.parts.stores.operations.parents(organizationId, wanted);
  return new Set(states.filter(({ xeroId, live }) => xeroId !== null && !live).map(({ crmId }) => crmId));
}

function documents(ledger: Ledger, entity: Entity): NamedDocument[] {
  return (ledger[entity]?.documents ?? []) as NamedDocument[];
}

/** Returns the record's id. */
async function actInCrm({ stage }: Scene, act: object): Promise<string> {
  const { ids } = await stage.sandbox.post<{ ids: string[] }>('act', { side: 'crm', ...act });
  return ids[0] ?? '';
}
