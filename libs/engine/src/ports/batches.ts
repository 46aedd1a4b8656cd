import type { Entity, IssueCode, Json, Lane } from '@sync/domain';
import type { Meta } from './bindings.js';
import type { Fence } from './leases.js';
import type { ClaimedOperation, DueWork, WriteBasis } from './operations.js';
import type { BatchMember, WriteAction, WriteCall, XeroDerived } from './xero.js';

/** A write batch: one writing call, stored before it is sent. */
export interface WriteBatch {
  id: string;
  organizationId: string;
  connectionId: string;
  entity: Entity;
  action: WriteAction;
  lane: Lane;
  call: WriteCall;
  members: WriteBatchMember[];
  /** When the first byte may have left; null: certainly not sent. */
  firstSentAt: Date | null;
  /** Before then, nobody asks what became of it. */
  quietUntil: Date | null;
  createdAt: Date;
}

/** A member of a write batch, with what is needed to commit it even after a crash. */
export interface WriteBatchMember extends BatchMember {
  version: number;
  claimId: string;
  label: string;
  crmOwned: Json;
  birthMark: string | null;
  expected: Partial<XeroDerived>;
  adjusted: { taxCents: number; roundingCents: number };
  warnings: { code: IssueCode; meta: Meta }[];
  /** Fields that Xero holds otherwise than agreed, and that this write leaves alone: they stay agreed as they were. */
  kept?: { readonly [field: string]: { was: Json; is: Json } };
  /** What was agreed of Xero's fields that the call leaves alone: what its answer says otherwise, somebody changed before. */
  untouched?: { readonly [field: string]: Json };
  /** Of a void: the record is made anew after it. */
  renew?: boolean;
  /** What the write rests on. */
  basis?: WriteBasis;
}

/** The write batches that are not settled. */
export interface BatchStore {
  /** Commits the batch before the first byte leaves. */
  store(fence: Fence, batch: WriteBatch): Promise<void>;
  /** Marks that the bytes may leave from now on; throws `LeaseLost` if the fence is old. Keeps an earlier `firstSentAt`. */
  markSent(fence: Fence, batchId: string, at: Date, quietUntil: Date): Promise<void>;
  /** It cannot be said what Xero did with the batch; nothing is asked before `quietUntil`. */
  markUnknown(fence: Fence, batchId: string, quietUntil: Date): Promise<void>;
  /**
   * Sent batches whose quiet time is over and whose connection nobody holds, as work to ring for: not of organizations
   * that stand still and are not to be probed yet.
   */
  inDoubt(): Promise<DueWork[]>;
  /** Batches of a connection that are stored and not closed, oldest first. */
  open(connectionId: string): Promise<WriteBatch[]>;
  /**
   * The operations that the batch still claims, with the versions that it was formed from: a hint that came since
   * leaves its operation due when the batch is settled.
   */
  operations(batch: WriteBatch): Promise<ClaimedOperation[]>;
  /** The batch is settled; its claims were settled or given back. */
  close(fence: Fence, batchId: string): Promise<void>;
}
