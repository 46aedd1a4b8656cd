import type { Entity, IssueCode, Json, Lane, RecordStatus } from '@sync/domain';
import type { SweepDepth } from './crm.js';
import type {
  BatchMember,
  IdentityKeys,
  WriteCall,
  XeroConnection,
  XeroDerived,
  XeroRecord,
  XeroReference,
} from './xero.js';

/** Facts of an issue. */
export type Meta = { readonly [key: string]: Json };

/** What is configured for an organization; stored as JSON, read through its zod schema in storage. */
export interface OrganizationSettings {
  /** Whether scheduled sweeps run. */
  autoSync: boolean;
  /** Between two looks for new records, in seconds. */
  sweepEverySeconds: number;
  /** Between two looks at everything, in seconds. */
  fullSweepEverySeconds: number;
  /** Entities that flow from the CRM into Xero. */
  entities: Entity[];
  /** A tax set that Xero lacks may be created there. */
  createTaxRates: boolean;
  invoiceStatus: 'DRAFT' | 'SUBMITTED' | 'AUTHORISED';
  allowedCents: number;
}

/** An organization as the engine needs it. */
export interface Organization {
  id: string;
  name: string;
  crmConnectionId: string;
  xeroConnection: XeroConnection;
  settings: OrganizationSettings;
  /** Null: the suggested mappings are not confirmed and nothing may be posted. */
  mappingsConfirmedAt: Date | null;
}

/** A binding: the row that stands for one pair of records; a stub while `xeroId` is null. */
export interface Binding {
  id: string;
  organizationId: string;
  entity: Entity;
  /** Which of several Xero records of one CRM record; `main` for the only one. */
  role: string;
  crmId: string | null;
  xeroId: string | null;
  /** Counts what was deleted and made again; part of the marker from the second on. */
  generation: number;
  status: RecordStatus;
  /** Name or number, for people. */
  label: string | null;
  /** Owned fields of each side, as last agreed; null before the first write or link. */
  crmSnapshot: Json | null;
  crmHash: string | null;
  xeroSnapshot: Json | null;
  xeroHash: string | null;
  /** Of the canonical form that the snapshots were taken with. */
  codecVersion: number;
  /** Identifies a life of the CRM record; a different one under the same id means that the CRM was replaced. */
  birthMark: string | null;
}

/** A claimed operation, with its binding. */
export interface ClaimedOperation {
  binding: Binding;
  lane: Lane;
  /** Rises with every hint; an outcome closes the operation only if it is still the same. */
  version: number;
  claimId: string;
  /** Tries since the last outcome, for back-off. */
  attempts: number;
  /** This event decided to nothing before, and is looked at a second time. */
  lookedAgain: boolean;
}

/** That a record may have changed. */
export interface Hint {
  entity: Entity;
  crmId: string;
}

/** Finds or makes bindings and raises their operations, all in one transaction. */
export interface HintStore {
  /**
   * Every record gets one live operation: a new one, or the live one with a higher version, the better lane and the
   * earlier due time; parked and waiting ones become due again. With `runId`, the run waits for them too.
   */
  hint(request: {
    organizationId: string;
    lane: Lane;
    hints: readonly Hint[];
    runId?: string;
    /** Default: now. */
    dueAt?: Date;
  }): Promise<{ created: number; raised: number }>;
  /** Makes these bindings' operations due (retry by a person). */
  redrive(organizationId: string, bindingIds: readonly string[], lane: Lane): Promise<number>;
  /** Makes due what is parked with one of these codes (a mapping was saved, a connection made again). */
  redriveParked(organizationId: string, codes: readonly IssueCode[]): Promise<number>;
}

/** What became of an operation. */
export type Outcome = { operation: ClaimedOperation } & (
  | {
      kind: 'written';
      action: 'create' | 'update' | 'link';
      xero: XeroRecord;
      crmOwned: Json;
      label: string;
      birthMark: string | null;
      codecVersion: number;
      /** Remarks of Xero, and cents that were adjusted: for the history. */
      detail: Meta;
      warnings: { code: IssueCode; meta: Meta }[];
      /**
       * The record went through, but a person must look: its status is `parked`, and no CRM hash is kept, so that the
       * next try writes it again.
       */
      problem: { code: IssueCode; meta: Meta } | null;
    }
  | {
      kind: 'unchanged';
      warnings: { code: IssueCode; meta: Meta }[];
      label: string;
      lookAgainAt: Date | null;
    }
  | { kind: 'excluded'; reason: string; label: string | null }
  | { kind: 'waiting'; parents: { entity: Entity; crmId: string }[]; label: string; birthMark: string | null }
  | {
      kind: 'parked';
      code: IssueCode;
      meta: Meta;
      label: string | null;
      /** Parents that are themselves parked: once they are bound, `redriveWaiters` makes this operation due. */
      awaits?: readonly { entity: Entity; crmId: string }[];
    }
  /** To be tried again; the attempt counts unless `free`. */
  | { kind: 'again'; dueAt: Date; reason: string; free: boolean }
  /** The record goes by another id: its operation moves there and this stub goes away. */
  | { kind: 'moved'; crmId: string }
);

/** How much is due in one organization and entity. */
export interface DueWork {
  organizationId: string;
  organizationName: string;
  entity: Entity;
  bestLane: Lane;
  count: number;
}

/** The ledger of operations. Everything that changes state takes the fence and is refused when the lease moved on. */
export interface OperationStore {
  /** Claims due operations of one entity from these lanes, the first lane first; those of paused scopes are left. */
  claim(request: {
    organizationId: string;
    entity: Entity;
    limit: number;
    claimId: string;
    fence: Fence;
    lanes: readonly Lane[];
  }): Promise<ClaimedOperation[]>;
  /** Gives claims back unsettled; they are due at once. */
  release(organizationId: string, operations: readonly ClaimedOperation[]): Promise<void>;
  /** Gives back every claim of these organizations that was made under an older fence and is in no stored batch. */
  releaseAbandoned(connectionId: string, fence: Fence): Promise<number>;
  /**
   * Commits outcomes, in one transaction: bindings, snapshots, history, issues, runs, waits. An operation whose version
   * rose meanwhile keeps what was written and stays due. For `waiting`, parents are hinted, and looked at again in
   * the same transaction, so that a parent that settled meanwhile does not leave its child asleep.
   * Throws `LeaseLost` if the fence is not the newest.
   */
  settle(organizationId: string, fence: Fence, outcomes: readonly Outcome[]): Promise<void>;
  /** What is due now, over all organizations that are not paused. */
  due(): Promise<DueWork[]>;
  /** What is due now in the organizations of one connection. */
  dueOfConnection(connectionId: string): Promise<DueWork[]>;
  /**
   * Makes due every waiting operation whose parents are all settled (bound, parked, failed or excluded, with nothing
   * due of their own), and every parked one whose awaited parents are all bound.
   */
  redriveWaiters(): Promise<number>;
  /** Bindings of parents by CRM id, with whether an operation of theirs is live. */
  parents(
    organizationId: string,
    wanted: readonly { entity: Entity; crmId: string }[],
  ): Promise<ParentState[]>;
}

/** The state of a parent. */
export interface ParentState {
  entity: Entity;
  crmId: string;
  xeroId: string | null;
  status: RecordStatus;
  /** Its operation is due or claimed, so it may yet change. */
  live: boolean;
  /** The open blocking issue, where it is parked. */
  issueCode: IssueCode | null;
  /** What was last agreed of it in Xero, such as an item's code. */
  xeroSnapshot: Json | null;
}

/** Proof of holding a lease: writes under an older number are refused. */
export interface Fence {
  connectionId: string;
  number: number;
}

/** The lease of a connection was taken by somebody else: what was being done must be left where it is. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
  constructor(connectionId: string) {
    super(`The lease of connection ${connectionId} is no longer held`);
  }
}

/** The lease of a Xero connection: whoever holds it is the only one to call that tenant. */
export interface LeaseStore {
  /** Null: somebody else holds it. */
  acquire(connectionId: string, holder: string, ttlMs: number): Promise<Fence | null>;
  /** False: it was taken over. */
  renew(fence: Fence, ttlMs: number): Promise<boolean>;
  release(fence: Fence): Promise<void>;
}

/** A write batch: one writing call, stored before it is sent. */
export interface WriteBatch {
  id: string;
  organizationId: string;
  connectionId: string;
  entity: Entity;
  action: 'create' | 'update';
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
}

/** The write batches that are not settled. */
export interface BatchStore {
  /** Commits the batch before the first byte leaves. */
  store(fence: Fence, batch: WriteBatch): Promise<void>;
  /** Marks that the bytes may leave from now on; throws `LeaseLost` if the fence is old. Keeps an earlier `firstSentAt`. */
  markSent(fence: Fence, batchId: string, at: Date, quietUntil: Date): Promise<void>;
  /** It cannot be said what Xero did with the batch; nothing is asked before `quietUntil`. */
  markUnknown(fence: Fence, batchId: string, quietUntil: Date): Promise<void>;
  /** Sent batches whose quiet time is over and whose connection nobody holds, as work to ring for. */
  inDoubt(): Promise<DueWork[]>;
  /** Batches of a connection that are stored and not closed, oldest first. */
  open(connectionId: string): Promise<WriteBatch[]>;
  /** The claimed operations of a batch, as they are now. */
  operations(batch: WriteBatch): Promise<ClaimedOperation[]>;
  /** The batch is settled; its claims were settled or given back. */
  close(fence: Fence, batchId: string): Promise<void>;
}

/** How far a side has been read, and whether somebody is reading now. */
export interface Checkpoint {
  organizationId: string;
  entity: Entity;
  cursor: string | null;
  version: number;
  lastFullAt: Date | null;
}

/** Checkpoints and sweeps. One sweep of an organization's entity at a time. */
export interface SweepStore {
  /** Takes the sweep, or null if another is at it. `holder` is lost after `ttlMs` without `heartbeat`. */
  begin(request: {
    organizationId: string;
    entity: Entity;
    holder: string;
    ttlMs: number;
  }): Promise<Checkpoint | null>;
  /** Stores a page: hints and the checkpoint's step, in one transaction. */
  page(request: {
    checkpoint: Checkpoint;
    holder: string;
    ttlMs: number;
    cursor: string;
    hints: readonly Hint[];
    runId: string | null;
  }): Promise<Checkpoint>;
  /**
   * Ends the sweep; `full` when everything was listed. Sets when the next one is due. `depth` is how hard this one
   * looked (default: `all` if full, else `new`), so that the schedule knows when a deeper look is due again.
   */
  end(request: {
    checkpoint: Checkpoint;
    holder: string;
    full: boolean;
    nextAt: Date;
    depth?: SweepDepth;
  }): Promise<void>;
  /** CRM ids of bindings of this entity that are not deleted in the CRM as far as we know. */
  knownIds(organizationId: string, entity: Entity): Promise<string[]>;
  /** Whether a sweep of one of these entities runs now. */
  running(organizationId: string, entities: readonly Entity[]): Promise<boolean>;
  /** Sweeps that the schedule has due: auto-sync on, organization not paused. */
  dueSweeps(): Promise<
    { organizationId: string; organizationName: string; entity: Entity; depth: SweepDepth }[]
  >;
}

/** What one request or schedule tick set in motion. */
export interface RunStore {
  create(request: {
    organizationId: string;
    entities: readonly Entity[];
    mode: 'incremental' | 'full';
  }): Promise<string>;
  /** Sweeps of runs that still have to be made. */
  openSweeps(): Promise<RunSweep[]>;
  /** The sweep of this entity is done for the run. */
  swept(runId: string, entity: Entity): Promise<void>;
  /** The run cannot go on, such as when the CRM is away. */
  fail(runId: string, reason: string): Promise<void>;
  /** Closes runs of which every sweep is done and every operation has an outcome. */
  completeFinished(): Promise<number>;
  /** Drops the run's claim on its operations; those that nobody else waits for and are not claimed become undone. */
  cancel(organizationId: string, runId: string): Promise<boolean>;
}

/** A sweep that a run asks for. */
export interface RunSweep {
  runId: string;
  organizationId: string;
  organizationName: string;
  entity: Entity;
  mode: 'incremental' | 'full';
}

/** How a mapping came about. */
export type MappingSource = 'suggested' | 'confirmed';

/** One mapping: what in the CRM (or which purpose) stands for what in Xero. */
export interface Mapping {
  kind: 'account' | 'tax' | 'payment-mode';
  /** `sales`, `rounding`; the key of a tax set; the id of a payment mode. */
  key: string;
  /** What a person calls it. */
  label: string;
  /** Account code, TaxType, AccountID; null: nothing fits, a person must choose. */
  value: string | null;
  source: MappingSource;
  /** Why it was suggested. */
  reason: string | null;
}

/** The mappings of an organization. */
export interface MappingStore {
  load(organizationId: string): Promise<Mapping[]>;
  /** Inserts suggestions; what exists is left as it is. */
  suggest(organizationId: string, mappings: readonly Mapping[]): Promise<void>;
  /** Saves choices as confirmed and re-drives what was parked for want of them. */
  save(organizationId: string, mappings: readonly Mapping[]): Promise<void>;
  /** Confirms everything that has a value, in one call, and lets posting begin. */
  confirm(organizationId: string, at: Date): Promise<void>;
}

/** Records of Xero that may turn out to be a CRM record's other half. A cached copy of identity keys. */
export interface IdentityStore {
  /** When the copy was last brought up to date (Xero's clock); null: never. */
  freshness(organizationId: string, entity: Entity): Promise<Date | null>;
  /** Takes in records as read, and how fresh the copy is now (null: not complete yet). */
  absorb(request: {
    organizationId: string;
    entity: Entity;
    records: readonly XeroRecord[];
    freshAsOf: Date | null;
  }): Promise<void>;
  /** Every record that shares at least one of these keys with a wanted one. */
  candidates(
    organizationId: string,
    entity: Entity,
    wanted: readonly IdentityKeys[],
  ): Promise<IdentityCandidate[]>;
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
}

/** Organizations, their cached reference data, and problems of wider scope. */
export interface OrganizationStore {
  load(organizationId: string): Promise<Organization | null>;
  /** Organizations whose reference data was never read, or not since `before`: not paused ones only. */
  needingReference(before: Date): Promise<{ id: string; name: string }[]>;
  /** Those that share a connection. */
  ofConnection(connectionId: string): Promise<Organization[]>;
  reference(organizationId: string): Promise<{ data: XeroReference; readAt: Date } | null>;
  saveReference(organizationId: string, data: XeroReference, readAt: Date): Promise<void>;
  /**
   * Opens an issue of wider scope and pauses it: nothing of that scope is claimed before `probeAt`. Null: only a
   * person or a fact ends it.
   */
  pause(request: {
    organizationId: string;
    entity: Entity | null;
    code: IssueCode;
    meta: Meta;
    probeAt: Date | null;
  }): Promise<void>;
  /** Resolves open issues of wider scope with these codes. */
  resume(organizationId: string, codes: readonly IssueCode[], entity?: Entity): Promise<void>;
  /** The open issues that pause something now. */
  pauses(organizationId: string): Promise<{ code: IssueCode; entity: Entity | null; probeAt: Date | null }[]>;
}

/** Everything the engine stores. */
export interface Stores {
  hints: HintStore;
  operations: OperationStore;
  leases: LeaseStore;
  batches: BatchStore;
  sweeps: SweepStore;
  runs: RunStore;
  mappings: MappingStore;
  identities: IdentityStore;
  organizations: OrganizationStore;
}
