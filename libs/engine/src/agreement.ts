import { canonicalHash, type Json } from '@sync/domain';
import type { Binding } from './ports/bindings.js';
import type { XeroDerived, XeroRecord } from './ports/xero.js';

/** What of Xero was agreed in a binding. */
export type Agreed = Pick<Binding, 'xeroSnapshot' | 'xeroDerived' | 'xeroUpdatedAt' | 'xeroCodecVersion'>;

/** What Xero holds of a record, and the form in which it was read. */
export interface Held {
  record: Pick<XeroRecord, 'owned' | 'derived' | 'updatedAt'>;
  codecVersion: number;
}

const DEAD: ReadonlySet<XeroDerived['status']> = new Set(['archived', 'voided', 'deleted']);

/** Whether a record of Xero counts no more. */
export function isDead({ status }: XeroDerived): boolean {
  return DEAD.has(status);
}

/** Whether this is no older reading than the one that was agreed; one without a time of change never counts as older. */
export function isNewer(agreed: Agreed, { record: { updatedAt } }: Held): boolean {
  return updatedAt === null || agreed.xeroUpdatedAt === null || updatedAt >= agreed.xeroUpdatedAt;
}

/** Whether both were read in one form. */
export function sameForm(agreed: Agreed, held: Held): boolean {
  return agreed.xeroCodecVersion === held.codecVersion;
}

/**
 * The fields in which Xero's record is not what was agreed. A field that either reading left out is unknown, so it is no
 * difference; an older reading, or one in another form, says nothing.
 */
export function changedInXero(agreed: Agreed, held: Held): string[] {
  if (!isNewer(agreed, held) || !sameForm(agreed, held)) return [];
  const then = fieldsOf(agreed.xeroSnapshot);
  return Object.entries(held.record.owned)
    .filter(([field, now]) => differ(then[field], now))
    .map(([field]) => field);
}

/** Whether something happened to the record in Xero that concerns its other half. */
export function concerns(agreed: Agreed, held: Held): boolean {
  const died = isDead(held.record.derived) !== (agreed.xeroDerived !== null && isDead(agreed.xeroDerived));
  if (died && isNewer(agreed, held)) return true;
  if (!sameForm(agreed, held)) return changedSince(agreed, held);
  return changedInXero(agreed, held).length > 0;
}

/** Whether Xero changed the record after it was agreed. */
export function changedSince(agreed: Agreed, { record: { updatedAt } }: Held): boolean {
  return updatedAt !== null && agreed.xeroUpdatedAt !== null && updatedAt > agreed.xeroUpdatedAt;
}

/** A snapshot's fields; none where there is no snapshot. */
export function fieldsOf(snapshot: Json | null): XeroRecord['owned'] {
  return snapshot !== null && typeof snapshot === 'object' && !Array.isArray(snapshot)
    ? (snapshot as XeroRecord['owned'])
    : {};
}

/** The day on which a record is booked in Xero: its date, unless that lies in a locked period. Null: it has none. */
export function bookedOn({ movedTo, date }: XeroRecord['owned']): string | null {
  const day = movedTo ?? date;
  return typeof day === 'string' ? day : null;
}

function differ(then: Json | undefined, now: Json | undefined): boolean {
  if (then === undefined || now === undefined) return false;
  return canonicalHash({ value: then }) !== canonicalHash({ value: now });
}
