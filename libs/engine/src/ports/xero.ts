import type { CanonicalRecord, Entity, Json, Lane } from '@sync/domain';
import type { CanonicalResult, WriteAction, XeroRecord } from './xero-records.js';
import type { BackReferences } from './xero-references.js';
import type {
  BankAccountResult,
  NewBankAccount,
  XeroDocumentSettings,
  XeroReference,
} from './xero-reference-data.js';
import type { BatchMember, EncodeRequest, EncodeResult, MemberResult, WriteCall } from './xero-writes.js';

export * from './xero-records.js';
export * from './xero-references.js';
export * from './xero-reference-data.js';
export * from './xero-writes.js';

/** A page of a listing. */
export interface XeroPage {
  records: XeroRecord[];
  /** What the same listing holds of the other entities of `listedWith`, as a listing of theirs would give it. */
  others: ReadonlyMap<Entity, XeroRecord[]>;
  /**
   * Of entities whose records Xero lists inside of others, as allocations inside their credit note: the ids of those others
   * in this page. Of each of them the page holds every record that there is.
   */
  wholeOf: ReadonlyMap<Entity, readonly string[]>;
  more: boolean;
  /** When the page's last element changed, whatever it is; null: the page is empty, or Xero does not say. */
  changedUpTo: Date | null;
  /** Xero's clock when it answered. */
  answeredAt: Date;
}

/** Whether a call may be made now. */
export type Room = { open: true } | { open: false; until: Date; limit: 'minute' | 'concurrent' | 'day' };

/** One tenant's Xero, for as long as its lease is held. All calls wait for their turn at the rate gate. */
export interface XeroSession {
  /** Whether the gate has room for a call of this lane; asked before anything is claimed. */
  room(lane: Lane): Room;
  /** A page of at most 1,000 records in Xero's order of change. Entities that Xero does not page give all at once. */
  list(request: { entity: Entity; modifiedSince: Date | null; page: number; lane: Lane }): Promise<XeroPage>;
  /**
   * Reads records by their ids, at most 40, with one call (purchase orders: one each). What Xero does not have is left
   * out. An allocation is read with its credit note: ask for that, and take it from `others`.
   */
  read(request: {
    entity: Exclude<Entity, 'credit-applications'>;
    ids: readonly string[];
    lane: Lane;
  }): Promise<XeroPage>;
  /**
   * Makes a writing call. `beforeSending` runs when the gate has given way and before the first byte leaves; if it
   * throws, nothing is sent. Throws `unknown-outcome` when it cannot be said what Xero did.
   */
  write(request: {
    call: WriteCall;
    members: readonly BatchMember[];
    lane: Lane;
    beforeSending: () => Promise<void>;
  }): Promise<MemberResult[]>;
  /** Tax rates are read with it: as records, too, so that nobody need list them again. */
  reference(): Promise<{ data: XeroReference; taxes: XeroRecord[] }>;
  /** Branding themes and tracking categories, with two calls. */
  documentSettings(): Promise<XeroDocumentSettings>;
  /**
   * Makes a bank account, with one call. Throws `unknown-outcome` when it cannot be said whether Xero did: then it is to be
   * looked for by its name before it is asked for again.
   */
  addBankAccount(account: NewBankAccount): Promise<BankAccountResult>;
  /** Waits for calls under way. */
  close(): Promise<void>;
}

/** How the engine reaches Xero. */
export interface XeroPort {
  /** The largest batch of a writing call. */
  batchMax(entity: Entity): number;
  /** The entities that one listing of Xero holds, this one first: what is read for one is read for all of them. */
  listedWith(entity: Entity): readonly Entity[];
  /** Pure: the wire form of a record, rounded once, here. */
  encode<E extends Entity>(request: EncodeRequest<E>): EncodeResult;
  /**
   * Pure: the element that takes a record out of the books, to be composed as `void`. It follows from what Xero holds:
   * a draft is deleted, an approved document voided, a contact archived.
   */
  encodeVoid(entity: Entity, record: XeroRecord): EncodeResult;
  /**
   * Pure: what a record of Xero is in the CRM's terms. `base` is what the CRM holds of it: what Xero cannot express
   * is taken from there. Its `id` is that of `base`, or empty.
   */
  canonical<E extends Entity>(request: {
    entity: E;
    record: XeroRecord;
    base: CanonicalRecord<E> | null;
    references: BackReferences;
  }): CanonicalResult<E>;
  /** Records of Xero that are needed to express this one, as they stand in `references.crmIds`. */
  refersTo(entity: Entity, record: XeroRecord): { entity: Entity; xeroId: string }[];
  /**
   * Pure: writing calls for these elements. Usually one; several where the body would pass Xero's size limit, or where
   * Xero takes them one by one only. Each call holds the indexes of its elements.
   */
  compose(request: { entity: Entity; action: WriteAction; elements: readonly Json[] }): {
    method: 'PUT' | 'POST' | 'DELETE';
    path: string;
    body: string;
    indexes: number[];
  }[];
  /** The key of a batch: bound to app, tenant and batch, at most 128 characters. */
  idempotencyKey(connection: XeroConnection, batchId: string): string;
  /** Opens a tenant under a lease. `stillHeld` throws when the lease is lost; it is asked before each call. */
  open(connection: XeroConnection, stillHeld: () => void, signal: AbortSignal): Promise<XeroSession>;
}

/** A tenant that an authorization reaches. */
export interface XeroConnection {
  id: string;
  authorizationId: string;
  clientId: string;
  tenantId: string;
  tenantName: string;
  /** Calls a day that the app's plan allows. */
  dayLimit: number;
}
