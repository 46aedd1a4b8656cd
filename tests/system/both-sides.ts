import type { Entity } from '@sync/domain';
import { waitUntil } from '@sync/testing';
import type { LedgerDocument } from './sandbox-control.js';
import { BEAT_MS, openStage, type Stage, type StageOptions } from './stage.js';

/** What a person does in Xero; see the sandbox's `act`. */
export interface XeroAct {
  action: string;
  entity: string;
  id?: string;
  fields?: object;
}

/** A record of Xero, as the sandbox keeps it. */
export interface XeroMade {
  id: string;
  number?: string | null;
  name?: string | null;
}

/** A stage on which records are written back, and everything was brought over; directions are the defaults. */
export async function openBothWays(options: StageOptions, timeoutMs: number): Promise<Stage> {
  const settings = { autoSync: true, writeBack: true, ...options.settings };
  const stage = await openStage({ beatMs: BEAT_MS, size: 10, ...options, settings });
  await stage.sync('full', timeoutMs);
  await stage.quiet();
  return stage;
}

/** The stage of a group of proofs. */
export type Staged = () => Stage;

/** The same, opened before the first of a group of proofs and closed after the last. */
export function openedBothWays(options: StageOptions, timeoutMs: number): Staged {
  let stage: Stage | undefined;
  beforeAll(async () => {
    stage = await openBothWays(options, timeoutMs);
  }, timeoutMs);
  afterAll(() => stage?.close());
  return () => {
    if (!stage) throw new Error('the stage is not open yet');
    return stage;
  };
}

/** Reads accounts on both sides, as happens once mappings are confirmed, and waits until what lacks has flowed. */
export async function letReferenceFlow(stage: Stage): Promise<void> {
  const { service, organizationId: id, organizationName: name } = stage;
  const { organizations } = service.parts.stores;
  await organizations.askForReference(id, service.parts.clock.now());
  await service.parts.bell.ringReference({ id, name });
  const isAnswered = async () => (await organizations.copies(id))?.askedAt === null || undefined;
  await waitUntil(isAnswered, { what: 'reference data to be read', timeoutMs: 30_000 });
}

/** Does something as a person in Xero would, and gives the record. */
export function doneInXero({ sandbox }: Stage, act: XeroAct): Promise<XeroMade> {
  return sandbox.post<XeroMade>('act', { side: 'xero', ...act });
}

/** Does something as a person in the CRM would, tells of it, and waits until all that follows is done. */
export async function doneInCrm(
  stage: Stage,
  act: { action: string; entity: Entity; id?: string; fields?: object },
): Promise<string> {
  const [id = ''] = await stage.sandbox.inCrm(act);
  await stage.event(act.entity, id);
  await stage.quiet();
  return id;
}

/** Makes it these entities' turn to be read from Xero, and waits until that and all that follows is done. */
export async function readFromXero(stage: Stage, ...entities: readonly Entity[]): Promise<void> {
  const { service, organizationId } = stage;
  const { xeroCheckpoints } = service.parts.stores;
  const asked = service.parts.clock.now();
  await xeroCheckpoints.schedule(organizationId, entities, new Date(0));
  const isRead = async (entity: Entity) => {
    const { nextAt, freshAsOf } = await xeroCheckpoints.load(organizationId, entity);
    return nextAt !== null && nextAt > asked && freshAsOf !== null && freshAsOf >= asked;
  };
  for (const entity of entities) {
    await waitUntil(() => isRead(entity), { what: `${entity} to be read from Xero`, timeoutMs: 30_000 });
  }
  await stage.quiet();
}

/** The documents of an entity in the CRM. */
export async function crmDocuments({ sandbox }: Stage, entity: Entity): Promise<LedgerDocument[]> {
  return (await sandbox.crmLedger(true))[entity]?.documents ?? [];
}

/** Those in Xero. */
export async function xeroDocuments({ sandbox }: Stage, entity: string): Promise<LedgerDocument[]> {
  return (await sandbox.ledger(true))[entity]?.documents ?? [];
}

/** The one document that suits; throws unless there is one, and one alone. */
export function theOne(
  documents: readonly LedgerDocument[],
  suits: (one: LedgerDocument) => boolean,
): LedgerDocument {
  const [found, ...others] = documents.filter(suits);
  if (!found || others.length > 0) {
    throw new Error(`there are ${found ? others.length + 1 : 0} of them among ${JSON.stringify(documents)}`);
  }
  return found;
}

/** Waits until a record is on both sides, and gives its id on the other one. */
export async function partnerOf(
  { service, organizationId }: Stage,
  entity: Entity,
  id: { crmId: string } | { xeroId: string },
): Promise<string> {
  const page = { status: null, text: null, cursor: null, limit: 1000 } as const;
  const partner = async () => {
    const { items } = await service.storage.admin.records({ organizationId, entity, ...page });
    const found = items.find((one) => ('crmId' in id ? one.crmId === id.crmId : one.xeroId === id.xeroId));
    return 'crmId' in id ? found?.xeroId : found?.crmId;
  };
  // What waits for something else is looked at again after half a minute.
  const what = `${entity} ${JSON.stringify(id)} to be on both sides`;
  return (await waitUntil(partner, { timeoutMs: 45_000, what })) ?? '';
}
