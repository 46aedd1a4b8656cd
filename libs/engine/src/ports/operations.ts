import type { Entity, IssueCode, Json, Lane, RecordStatus } from '@sync/domain';
import type { Binding, Meta } from './bindings.js';
import type { Fence } from './leases.js';
import type { XeroRecord } from './xero.js';

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
      /** Records that are gone from the CRM and whose link to this record of Xero it takes over. */
      takesFrom?: readonly string[];
    }
  | {
      kind: 'unchanged';
      warnings: { code: IssueCode; meta: Meta }[];
      label: string;
      lookAgainAt: Date | null;
    }
  | { kind: 'excluded'; reason: string; label: string | null; lookAgainAt: Date | null }
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
