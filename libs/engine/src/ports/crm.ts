import type { CanonicalRecord, CrmEntity, Entity, IssueCode, Json } from '@sync/domain';

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
  entity: CrmEntity;
  depth: SweepDepth;
  /** The cursor of the page before; null at the very beginning. */
  cursor: string | null;
  signal: AbortSignal;
}

/** Why a record of the CRM is not meant for Xero at all. */
export type ExclusionReason =
  | 'not-confirmed'
  | 'draft'
  | 'cancelled'
  | 'inactive'
  | 'deleted-in-crm'
  /** It is booked as something else, by the organization's settings. */
  | 'booked-otherwise';

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

/** What the CRM's expenses are sorted by. */
export interface ExpenseCategory {
  id: string;
  name: string;
}

/** What mappings are made from. */
export interface CrmReference {
  baseCurrency: string;
  paymentModes: PaymentMode[];
  /** Empty where the CRM has no expenses. */
  expenseCategories: ExpenseCategory[];
}

/** What of the CRM's own lists can be added to. */
export type ReferenceKind = 'expense-category' | 'payment-mode';

/** An entry to be added to one of the CRM's lists. */
export interface ReferenceAddition {
  kind: ReferenceKind;
  /** Organization and account of Xero: added twice under one key, it is one entry. */
  key: string;
  name: string;
}

/** What became of it. */
export type ReferenceAdded =
  | { state: 'added'; id: string }
  /** This one was not added; or, as `not-taken`, the CRM takes none of its kind. */
  | { state: 'refused' | 'not-taken'; code: IssueCode; meta: { readonly [key: string]: Json } };

/** A record to be written into the CRM. */
export interface CrmWrite<E extends Entity = Entity> {
  /** Of this write alone: made twice under one key, it is one. */
  key: string;
  /** The record to change; null: a new one. */
  crmId: string | null;
  /** As it shall be; its ids of parents are the CRM's. The `id` of a new record is empty. */
  record: CanonicalRecord<E>;
  /** What the CRM held when this was decided; if it holds something else now, nothing is written. Null: a new one. */
  was: CanonicalRecord<E> | null;
}

/** What became of a write into the CRM. */
export type CrmWriteResult<E extends Entity = Entity> =
  /** As the CRM holds it now, which may differ from what was asked for, by its own rules. */
  { key: string; state: 'written'; reading: Extract<CrmReading<E>, { state: 'found' }> } | CrmUnwritten;

/** A record to be taken out of the CRM, such as a payment that was deleted in Xero. */
export interface CrmRemoval<E extends Entity = Entity> {
  /** Binding id and generation. */
  key: string;
  crmId: string;
  /** What the CRM held when this was decided; if it holds something else now, nothing is removed. */
  was: CanonicalRecord<E>;
}

/** What became of a removal. */
export type CrmRemoveResult =
  /** It is not there any more, whoever took it out. */
  { key: string; state: 'removed' } | CrmUnwritten;

/** Nothing was written. */
export type CrmUnwritten =
  /** Somebody changed the record since it was read: to be decided anew. */
  | { key: string; state: 'changed' }
  | { key: string; state: 'refused'; code: IssueCode; meta: { readonly [key: string]: Json } };

/**
 * A CRM. Every method throws a `SyncError`: `transient` (unreachable, slow), `auth` (key or password refused),
 * `validation` with CRM_ADDRESS_REFUSED, CRM_ANSWER_UNREADABLE or CRM_SCHEMA_UNKNOWN, `conflict` with CRM_REPLACED.
 */
export interface CrmPort {
  /** The entities that this CRM has. */
  readonly entities: readonly CrmEntity[];
  /** Whether a listing reports deletions itself, or they follow from a complete listing (`all`). */
  readonly deletions: 'reported' | 'by-listing';
  /** Tries the connection and what it needs to find there. */
  check(signal: AbortSignal): Promise<void>;
  listChanges(request: ListChanges): Promise<ChangePage>;
  /** Reads afresh, at most 200 ids a call; one reading for each id, in any order. */
  read<E extends CrmEntity>(entity: E, ids: readonly string[], signal: AbortSignal): Promise<CrmReading<E>[]>;
  reference(signal: AbortSignal): Promise<CrmReference>;
  /** The lists that can be added to. */
  readonly referenceWritable: readonly ReferenceKind[];
  /** Exactly once: an entry whose key is known was made before, and is answered with its id, whatever its name is by now. */
  addReference(addition: ReferenceAddition, signal: AbortSignal): Promise<ReferenceAdded>;
  /** The entities that can be written; empty: this CRM is only read. */
  readonly writable: readonly CrmEntity[];
  /**
   * Exactly once: each write is one transaction of the CRM together with its key; one result for each, in any order; at
   * most 50 a call. A new record whose key is known already was made before: it is answered as it stands, which may
   * differ from what is asked for now.
   */
  write<E extends CrmEntity>(
    entity: E,
    writes: readonly CrmWrite<E>[],
    signal: AbortSignal,
  ): Promise<CrmWriteResult<E>[]>;
  /** The entities of which records can be removed; what has a status (cancelled, void) is written instead. */
  readonly removable: readonly CrmEntity[];
  /** One result for each, in any order; taking out what is gone already is `removed`. At most 50 a call. */
  remove<E extends CrmEntity>(
    entity: E,
    removals: readonly CrmRemoval<E>[],
    signal: AbortSignal,
  ): Promise<CrmRemoveResult[]>;
  close(): Promise<void>;
}

/** What the Perfex adapter remembers of a table to find changes in it. Kept per CRM connection. */
export interface FingerprintStore {
  /** The hash of each bucket of ids, as last acknowledged. */
  buckets(entity: CrmEntity): Promise<Map<number, string>>;
  /** The hash of each record in these buckets, as last acknowledged. */
  records(entity: CrmEntity, buckets: readonly number[]): Promise<Map<string, string>>;
  /** Stores what was found, in one transaction. */
  save(entity: CrmEntity, change: FingerprintChange): Promise<void>;
}

/** A step of the fingerprints. */
export interface FingerprintChange {
  buckets: { bucket: number; hash: string }[];
  records: { recordId: string; bucket: number; hash: string }[];
  removedRecords: string[];
  /** Buckets that no longer hold a record. */
  removedBuckets: number[];
}
