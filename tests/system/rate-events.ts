import type { Entity } from '@sync/domain';
import { waitUntil } from '@sync/testing';
import { type TimedCall, timedCalls } from './rate-calls.js';
import { type LedgerDocument, resourceOf } from './sandbox-control.js';
import type { Stage } from './stage.js';

/** An event of the CRM, and how to see in Xero's books that it has arrived. */
interface PostedEvent {
  entity: Entity;
  id: string;
  /** The call that brings it over. */
  call: { method: string; resource: string };
  isThere(documents: readonly NamedDocument[]): boolean;
}

/** An event that was measured: from the post to the answer of the call that brought it over. */
export interface MeasuredEvent {
  what: string;
  seconds: number;
}

type NamedDocument = LedgerDocument & { name: string | null };

/** Makes an edit in the CRM; null: nothing is there yet to be edited. */
type Edit = (stage: Stage, n: number) => Promise<PostedEvent | null>;

const invoiceEdited: Edit = async (stage, n) => {
  const synced = new Set((await inXero(stage, 'invoices')).map(({ number }) => number));
  const invoice = (await inCrm(stage, 'invoices')).find(({ number }) => synced.has(number));
  if (!invoice) return null;
  const reference = `Changed order ${n}`;
  await actInCrm(stage, { entity: 'invoices', id: invoice.id, action: 'edit', fields: { reference } });
  return {
    entity: 'invoices',
    id: invoice.id,
    call: { method: 'POST', resource: 'Invoices' },
    isThere: (documents) => documents.some((one) => one.reference?.includes(reference) ?? false),
  };
};

const customerEdited: Edit = async (stage, n) => {
  const synced = new Set((await inXero(stage, 'customers')).map(({ name }) => name));
  const customer = (await inCrm(stage, 'customers')).find(({ name }) => synced.has(name));
  if (!customer) return null;
  const company = `Renamed Company ${n}`;
  await actInCrm(stage, { entity: 'customers', id: customer.id, action: 'edit', fields: { company } });
  return {
    entity: 'customers',
    id: customer.id,
    call: { method: 'POST', resource: 'Contacts' },
    isThere: (documents) => documents.some(({ name }) => name === company),
  };
};

const paymentMade: Edit = async (stage) => {
  const synced = new Set((await inXero(stage, 'invoices')).map(({ number }) => number));
  const open = (await inCrm(stage, 'invoices')).find(
    ({ number, paid }) => synced.has(number) && paid === '0.00',
  );
  if (!open) return null;
  const fields = { invoiceId: open.id };
  const id = await actInCrm(stage, { entity: 'payments', action: 'create', fields });
  return {
    entity: 'payments',
    id,
    call: { method: 'PUT', resource: 'Payments' },
    isThere: (documents) => documents.some(({ number }) => number === open.number),
  };
};

const EDITS: Readonly<Record<string, Edit>> = {
  'invoice edited': invoiceEdited,
  'customer edited': customerEdited,
  'payment made': paymentMade,
};

/** Posts events of one kind after the other, a pause between them, until told to stop. */
export async function postEvents(
  stage: Stage,
  { pauseMs, stop }: { pauseMs: number; stop: AbortSignal },
): Promise<MeasuredEvent[]> {
  const measured: MeasuredEvent[] = [];
  const kinds = Object.entries(EDITS);
  for (let n = 0; !stop.aborted; n += 1) {
    const [what, edit] = kinds[n % kinds.length] ?? ['', invoiceEdited];
    const posted = await edit(stage, n);
    if (posted) measured.push({ what, seconds: await secondsUntilInXero(stage, posted) });
    await new Promise((resolve) => setTimeout(resolve, posted ? pauseMs : 200));
  }
  return measured;
}

/** Asking for all documents is dear, so it is done only when a call came in that may have brought this one. */
async function secondsUntilInXero(stage: Stage, posted: PostedEvent): Promise<number> {
  const postedAt = Date.now();
  await stage.event(posted.entity, posted.id);
  let looked = 0;
  const bringing = await waitUntil(
    async () => {
      const calls = (await timedCalls(stage.sandbox, postedAt)).filter((call) => isOf(posted, call));
      if (calls.length === looked) return undefined;
      looked = calls.length;
      return posted.isThere(await inXero(stage, posted.entity)) ? calls.at(-1) : undefined;
    },
    { timeoutMs: 60_000, intervalMs: 100, what: `the event of ${posted.entity} ${posted.id} to be in Xero` },
  );
  const endedAt = await waitUntil(
    async () => (await timedCalls(stage.sandbox, bringing.at)).find((call) => isOf(posted, call))?.endedAt,
    { timeoutMs: 60_000, intervalMs: 100, what: 'the call of the event to be answered' },
  );
  return (endedAt - postedAt) / 1000;
}

function isOf({ call }: PostedEvent, seen: TimedCall): boolean {
  return seen.method === call.method && resourceOf(seen) === call.resource;
}

async function inXero({ sandbox }: Stage, entity: Entity): Promise<NamedDocument[]> {
  return ((await sandbox.ledger(true))[entity]?.documents ?? []) as NamedDocument[];
}

async function inCrm({ sandbox }: Stage, entity: Entity): Promise<NamedDocument[]> {
  return ((await sandbox.crmLedger(true))[entity]?.documents ?? []) as NamedDocument[];
}

/** Returns the record's id. */
async function actInCrm({ sandbox }: Stage, act: object): Promise<string> {
  const { ids } = await sandbox.post<{ ids: string[] }>('act', { side: 'crm', ...act });
  return ids[0] ?? '';
}
