import type { CanonicalRecord, Entity } from '@sync/domain';
import { fieldsOf } from './agreement.js';
import type { EntityDefinition, PostingFacts, Problem } from './definition.js';
import type { CrmReading, ExclusionReason } from './ports/crm.js';
import type {
  Binding,
  FieldConflict,
  Hint,
  IdentityCandidate,
  OrganizationSettings,
  ParentInCrm,
  ParentState,
  XeroCopy,
} from './ports/stores.js';
import type { CanonicalResult } from './ports/xero.js';
import type { Fields } from './three-way.js';

/** Everything that a decision rests on: the present state, never what an event said. */
export interface DecisionState<E extends Entity = Entity> {
  definition: EntityDefinition<E>;
  binding: Binding;
  reading: CrmReading<E>;
  /** The states of the record's parents, by `parentKey`. */
  parents: ReadonlyMap<string, ParentState>;
  /** Records of Xero that share a key with this one; only asked for while there is no binding. */
  candidates: readonly IdentityCandidate[];
  /** What an admin mapped this record to, as an id in Xero; null: nothing. */
  mapped: string | null;
  facts: PostingFacts;
  /** Which ways the entity flows, as far as the CRM can be written. */
  flow: Flow;
  policies: Pick<OrganizationSettings, 'conflicts' | 'goneFromCrm' | 'goneFromXero' | 'lockedDates'>;
  /** What Xero holds, where that is not what was agreed, or bears on the decision otherwise; null: nothing new. */
  xero: XeroSide<E> | null;
  /** What a person chose for fields that were changed on both sides. */
  choices: readonly FieldConflict[];
  /** When the CRM's change was first seen, by our clock. */
  crmSeenAt: Date;
}

/** Which ways an entity flows, as far as the CRM can be written. */
export interface Flow {
  toXero: boolean;
  toCrm: boolean;
  /** What goes from Xero may be taken out of the CRM, be it for the sake of the documents that it settles. */
  takesOut: boolean;
}

/** Xero's side of a record. */
export interface XeroSide<E extends Entity = Entity> {
  copy: XeroCopy;
  /** Xero's record is not what was agreed. */
  news: boolean;
  /** What it holds now, and what it held when both sides last agreed, in the CRM's terms. */
  now: CanonicalResult<E>;
  before: CanonicalResult<E>;
  /** The contact that it was merged into. */
  mergedInto: XeroCopy | null;
  /** Records of Xero that it names, and what is known of them. */
  names: readonly { entity: Entity; xeroId: string }[];
  parents: readonly ParentInCrm[];
}

/** Why a record of Xero is not made in the CRM. */
export type PullExclusion = 'gone-from-xero' | 'bears-a-marker' | 'not-to-crm';

/** What is to be done with a record. */
export type Decision<E extends Entity = Entity> =
  | { kind: 'noop'; reason: 'unchanged'; warnings: Problem[] }
  | { kind: 'exclude'; reason: ExclusionReason | PullExclusion | 'parent-excluded' | 'not-to-xero' }
  | { kind: 'create'; record: CanonicalRecord<E>; distinctName: boolean }
  | { kind: 'update'; record: CanonicalRecord<E>; xeroId: string; fields: string[] | null; drift?: Problem[] }
  | { kind: 'link'; record: CanonicalRecord<E>; xeroId: string; by: string }
  /** Both sides say the same: that is agreed as it is. */
  | { kind: 'agree'; record: CanonicalRecord<E>; by: 'echo' | 'alike' }
  | {
      kind: 'write-crm';
      record: CanonicalRecord<E>;
      /** What the CRM changed and Xero does not have: it stays as it was agreed. */
      unagreed: Fields;
      /** Something remains to be written into Xero. */
      more: boolean;
    }
  | { kind: 'conflict'; conflicts: FieldConflict[] }
  /** It is taken out of Xero; with `renew` it is made anew after that. */
  | { kind: 'void'; renew: boolean; warnings: Problem[] }
  | { kind: 'remove-crm'; record: CanonicalRecord<E> }
  /** Gone from one side, and a person has to say whether it goes from the other. */
  | { kind: 'ask-void'; problem: Problem; conflict: FieldConflict }
  /** What was taken out of Xero is wanted again: it becomes another record there. */
  | { kind: 'renew' }
  /** Not yet: something else has to come to its end first. */
  | { kind: 'later'; reason: string; afterMs: number }
  | { kind: 'wait'; parents: readonly Hint[] }
  | { kind: 'park'; problem: Problem; awaits: readonly Hint[] }
  | { kind: 'moved'; crmId: string }
  /** The id points at another record than before. */
  | { kind: 'replaced'; was: string; is: string };

/** What was agreed of the CRM's record; null: nothing, so that all of it counts as changed. */
export function agreedInCrm({ crmHash, crmSnapshot }: Binding): Fields | null {
  return crmHash === null || crmSnapshot === null ? null : fieldsOf(crmSnapshot);
}
