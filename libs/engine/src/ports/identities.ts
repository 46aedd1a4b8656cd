import type { Entity, Json } from '@sync/domain';
import type { XeroReading } from './xero-checkpoints.js';
import type { IdentityKeys, XeroDerived, XeroRecord } from './xero.js';

/** Records of Xero as we know them: what they can be recognised by, and what Xero holds of them now. */
export interface IdentityStore {
  /** When the copy was last brought up to date (our clock); null: never. */
  freshness(organizationId: string, entity: Entity): Promise<Date | null>;
  /**
   * Takes in records as read, and how far the reading has come, in one transaction. An older reading of a record never
   * replaces a newer one. With `hints`, what differs from what was agreed is hinted, and what nobody knows gets a stub.
   */
  absorb(request: Absorb): Promise<AbsorbReport>;
  /** Every record that shares at least one of these keys with a wanted one. */
  candidates(
    organizationId: string,
    entity: Entity,
    wanted: readonly IdentityKeys[],
  ): Promise<IdentityCandidate[]>;
  /** What Xero holds of these records, as far as we know. */
  copies(organizationId: string, entity: Entity, xeroIds: readonly string[]): Promise<XeroCopy[]>;
  /** Which of these records are archived, voided or deleted in Xero, as far as the copy knows. */
  dead(organizationId: string, entity: Entity, xeroIds: readonly string[]): Promise<string[]>;
}

/** Records to take in. */
export interface Absorb {
  organizationId: string;
  entity: Entity;
  /** Of the form in which they were read: the definition's. */
  codecVersion: number;
  records: readonly XeroRecord[];
  /** How fresh the copy is now: everything that changed before this was read; null: not complete yet. */
  freshAsOf: Date | null;
  /** Where the reading goes on after these records; null: it is at its end. Absent: no listing. */
  reading?: XeroReading | null;
  /** A listing of everything that began then is complete: what it did not hold is gone from Xero. */
  completeSince?: Date;
  /** These records were asked for then, and are all that there are within these others: what else was known of them is gone. */
  wholeOf?: { parentIds: readonly string[]; askedAt: Date };
  hints?: AbsorbHints;
}

/** What becomes of records that changed in Xero. */
export interface AbsorbHints {
  lane: 'event' | 'backfill';
  /** Unknown records from then on are to be pulled; null: none. */
  pullFrom: Date | null;
}

/** What was found among records that were taken in. */
export interface AbsorbReport {
  /** Records of which an operation was raised. */
  hinted: number;
  /** Records of which somebody else changed the paid or credited amount since they were last read. */
  moneyMoved: number;
}

/** What Xero holds of a record, as far as we know. */
export interface XeroCopy {
  record: XeroRecord;
  /** False: archived, voided, deleted. */
  live: boolean;
  /** Of the form in which it was read. */
  codecVersion: number;
  /** The CRM id of the binding that its marker names; null: it bears none of this organization. */
  markedBy: string | null;
}

/** A record of Xero with the CRM ids that are bound to it. */
export interface IdentityCandidate {
  xeroId: string;
  keys: IdentityKeys;
  /** Archived, voided and deleted ones are not linked, but still hold their keys. */
  live: boolean;
  derived: XeroDerived;
  owned: Json;
  updatedAt: Date | null;
  boundCrmIds: string[];
  /** CRM ids that were bound to it, and that the CRM no longer has; a link to it is taken from them. */
  goneCrmIds?: readonly string[];
  /** Its marker names a binding of this organization; one of another installation's, or of a lost database, does not. */
  markedByUs: boolean;
}
