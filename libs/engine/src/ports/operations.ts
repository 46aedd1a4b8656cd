import type { Entity, IssueCode, Json, Lane, RecordStatus } from '@sync/domain';
import type { Binding, Meta } from './bindings.js';
import type { FieldConflict } from './conflicts.js';
import type { Hint } from './hints.js';
import type { Fence } from './leases.js';
import type { WriteAction, XeroRecord } from './xero.js';

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
  /** When the CRM last said that the record changed, or first listed it; null: it did neither. */
  crmHintedAt: Date | null;
}

/** What became of an operation. */
export type Outcome = { operation: ClaimedOperation } & (
  | {
      kind: 'written';
      /** `pull`: what Xero holds was written into the CRM. */
      action: WriteAction | 'link' | 'pull';
      xero: XeroRecord;
      crmOwned: Json;
      label: string;
      birthMark: string | null;
      codecVersion: number;
      /** Where Xero's record is in another form than that; default: the same. */
      xeroCodecVersion?: number;
      /** Remarks of Xero, and cents that were adjusted: for the history. */
      detail: Meta;
      warnings: { code: IssueCode; meta: Meta }[];
      /**
       * The record went through, but a person must look: its status is `parked`, and no CRM hash is kept, so that the
       * next try writes it again.
       */
      problem: { code: IssueCode; meta: Meta } | null;
      /** The CRM's id of a record that was made there. */
      crmId?: string;
      /** Records that are gone from the CRM and whose link to this record of Xero it takes over. */
      takesFrom?: readonly string[];
      /** It was taken out of Xero to be made there anew, with the next generation of its marker. */
      renew?: boolean;
      /** The operation stays due: something remains to be done the other way. */
      more?: boolean;
    }
  /** What Xero held of it counts no more: it is made there anew, with the next generation of its marker. */
  | { kind: 'renewed'; label: string | null }
  | {
      kind: 'unchanged';
      warnings: { code: IssueCode; meta: Meta }[];
      label: string;
      lookAgainAt: Date | null;
      /** What a person is asked meanwhile. */
      conflicts?: readonly FieldConflict[];
    }
  | { kind: 'excluded'; reason: string; label: string | null; lookAgainAt: Date | null }
  | { kind: 'waiting'; parents: readonly Hint[]; label: string; birthMark: string | null }
  | {
      kind: 'parked';
      code: IssueCode;
      meta: Meta;
      label: string | null;
      /** Parents that are themselves parked: once they are bound, `redriveWaiters` makes this operation due. */
      awaits?: readonly Hint[];
      /** The fields that were changed on both sides. */
      conflicts?: readonly FieldConflict[];
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
  /** The same by what Xero names them: the id, of items the code. Of several that share a record, the oldest whole one. */
  parentsInXero(
    organizationId: string,
    wanted: readonly { entity: Entity; xeroId: string }[],
  ): Promise<ParentInCrm[]>;
  /** The ids of every whole binding of an entity, the oldest first. */
  bound(organizationId: string, entity: Entity): Promise<{ crmId: string; xeroId: string }[]>;
  /** What may yet turn out to be the other half of unknown records of Xero. */
  unpaired(organizationId: string, entity: Entity, labels: readonly string[]): Promise<Unpaired>;
}

/** Records of the CRM that have no other half. */
export interface Unpaired {
  /** Some are yet to be looked at, or the CRM was never listed to the end. */
  undecided: boolean;
  /** The CRM ids of those with one of the labels asked for, in lower case, by label. */
  named: ReadonlyMap<string, string>;
}

/** A record of Xero that another one names. */
export interface ParentInCrm {
  entity: Entity;
  /** As it was asked for: the id, of items the code. */
  xeroId: string;
  /** Null: it is a stub. */
  crmId: string | null;
  status: RecordStatus;
  live: boolean;
  issueCode: IssueCode | null;
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
  /** The hash of what was last agreed of it in the CRM; null: nothing was. */
  crmHash: string | null;
}
