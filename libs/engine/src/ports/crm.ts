import type { CanonicalRecord, Entity } from '@sync/domain';

/** How hard a sweep looks. `new`: a cheap look for new records; `changed`: everything that changed; `all`: everything. */
export type SweepDepth = 'new' | 'changed' | 'all';

/** A record of the CRM that may have changed. It says nothing about what it holds now. */
export interface CrmChange {
  recordId: string;
  /** The CRM's listing was complete and does not hold the record any more. */
  gone?: true;
}

/** One page of a listing. */
export interface ChangePage {
  changes: CrmChange[];
  /** Where the next page begins; opaque to everyone but the adapter. */
  cursor: string;
  /** No further page for now. */
  last: boolean;
  /**
   * Called once the page's changes are stored. An adapter that keeps state of its own to find changes (fingerprints)
   * moves it here, so that a crash in between reports the page again instead of losing it.
   */
  acknowledge?(): Promise<void>;
}

/** Where a listing goes on. */
export interface ListChanges {
  entity: Entity;
  depth: SweepDepth;
  /** The cursor of the page before; null at the very beginning. */
  cursor: string | null;
  signal: AbortSignal;
}

/** Why a record of the CRM is not meant for Xero at all. */
export type ExclusionReason = 'not-confirmed' | 'draft' | 'cancelled' | 'inactive' | 'deleted-in-crm';

/** What a read found under an id. */
export type CrmReading<E extends Entity = Entity> =
  | {
      id: string;
      state: 'found';
      /** Its own id may differ from the one asked for (a tax row stands for a set of taxes): the record's id counts. */
      record: CanonicalRecord<E>;
      /** Something that never changes in the life of a record, such as when it was made; null where the CRM knows none. */
      birthMark: string | null;
    }
  | { id: string; state: 'missing' }
  | { id: string; state: 'excluded'; reason: ExclusionReason }
  /** The CRM's data cannot be read as a record; the reason is a sentence part without personal data. */
  | { id: string; state: 'invalid'; reason: string };

/** A way in which the CRM's customers pay. */
export interface PaymentMode {
  id: string;
  name: string;
  active: boolean;
}

/** What mappings are made from. */
export interface CrmReference {
  baseCurrency: string;
  paymentModes: PaymentMode[];
}

/**
 * A CRM. Every method throws a `SyncError`: `transient` (unreachable, slow), `auth` (key or password refused),
 * `validation` with CRM_ADDRESS_REFUSED, CRM_ANSWER_UNREADABLE or CRM_SCHEMA_UNKNOWN, `conflict` with CRM_REPLACED.
 */
export interface CrmPort {
  /** The entities that this CRM has. */
  readonly entities: readonly Entity[];
  /** Whether a listing reports deletions itself, or they follow from a complete listing (`all`). */
  readonly deletions: 'reported' | 'by-listing';
  /** Tries the connection and what it needs to find there. */
  check(signal: AbortSignal): Promise<void>;
  listChanges(request: ListChanges): Promise<ChangePage>;
  /** Reads afresh, at most 200 ids a call; one reading for each id, in any order. */
  read<E extends Entity>(entity: E, ids: readonly string[], signal: AbortSignal): Promise<CrmReading<E>[]>;
  reference(signal: AbortSignal): Promise<CrmReference>;
  close(): Promise<void>;
}

/** What the Perfex adapter remembers of a table to find changes in it. Kept per CRM connection. */
export interface FingerprintStore {
  /** The hash of each bucket of ids, as last acknowledged. */
  buckets(entity: Entity): Promise<Map<number, string>>;
  /** The hash of each record in these buckets, as last acknowledged. */
  records(entity: Entity, buckets: readonly number[]): Promise<Map<string, string>>;
  /** Stores what was found, in one transaction. */
  save(entity: Entity, change: FingerprintChange): Promise<void>;
}

/** A step of the fingerprints. */
export interface FingerprintChange {
  buckets: { bucket: number; hash: string }[];
  records: { recordId: string; bucket: number; hash: string }[];
  removedRecords: string[];
  /** Buckets that no longer hold a record. */
  removedBuckets: number[];
}
