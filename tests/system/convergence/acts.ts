import type { Entity } from '@sync/domain';
import type { LedgerDocument } from '../sandbox-control.js';
import { anyOf, type Desk, type Touched } from './edits.js';

type Suits = (document: LedgerDocument) => boolean;

/** Makes a record in the CRM; what the fields leave open, the CRM makes up. */
export async function makeInCrm(desk: Desk, entity: Entity, fields: object): Promise<Touched> {
  const ids = await desk.world.stage.sandbox.inCrm({ entity, action: 'create', fields });
  return { what: `create ${entity}`, entity, ids, made: 1 };
}

/** Edits a record of the CRM, or does something else to it. */
export async function changeInCrm(
  desk: Desk,
  entity: Entity,
  change: object | 'cancel' | 'void' | 'delete',
  suits?: Suits,
): Promise<Touched | null> {
  const found = await anyOf(desk, entity, suits);
  if (!found) return null;
  const { id } = found;
  const [action, fields] = typeof change === 'string' ? [change] : ['edit', change];
  await desk.world.stage.sandbox.inCrm({ entity, id, action, ...(fields ? { fields } : {}) });
  return { what: `${action} ${entity} ${Object.keys(fields ?? {}).join(', ')}`, entity, ids: [id] };
}

/** Does something about a document of the CRM that makes a record of `entity`. */
export async function settleInCrm(
  desk: Desk,
  entity: Entity,
  action: 'pay' | 'part-pay' | 'refund' | 'apply',
  picked: Promise<LedgerDocument | undefined>,
): Promise<Touched | null> {
  const document = await picked;
  if (!document) return null;
  const ids = await desk.world.stage.sandbox.inCrm({ id: document.id, action });
  return { what: `${action} ${document.id}`, entity, ids, made: 1 };
}

/** Makes something in Xero. */
export async function makeInXero(desk: Desk, entity: string, fields: object): Promise<Touched> {
  await desk.world.stage.sandbox.inXero({ entity, action: 'create', fields });
  return { what: `create ${entity}`, entity, ids: [], made: 1 };
}

/** Does something to a record of Xero; `shelf` is where the ledger lists it. */
export async function changeInXero(
  desk: Desk,
  [shelf, entity]: readonly [shelf: string, entity: string],
  change: object | 'void' | 'delete' | 'archive',
  suits?: Suits,
): Promise<Touched | null> {
  const found = await anyOf(desk, shelf, suits);
  if (!found) return null;
  const { id } = found;
  const [action, fields] = typeof change === 'string' ? [change] : ['edit', change];
  await desk.world.stage.sandbox.inXero({ entity, id, action, ...(fields ? { fields } : {}) });
  return { what: `${action} ${entity} ${Object.keys(fields ?? {}).join(', ')}`, entity, ids: [id] };
}

/** Pays, refunds or allocates a document of Xero. */
export async function settleInXero(
  desk: Desk,
  entity: string,
  action: 'pay' | 'refund' | 'allocate',
  picked: Promise<LedgerDocument | undefined>,
  fieldsFor: (document: LedgerDocument) => object = () => ({}),
): Promise<Touched | null> {
  const document = await picked;
  if (!document) return null;
  await desk.world.stage.sandbox.inXero({ entity, id: document.id, action, fields: fieldsFor(document) });
  return { what: action, entity, ids: [document.id], made: 1 };
}
