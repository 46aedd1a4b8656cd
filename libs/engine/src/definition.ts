import type { CanonicalRecord, Entity, IssueCode, Json } from '@sync/domain';
import type { ExclusionReason } from './ports/crm.js';
import type { Meta } from './ports/stores.js';
import type { IdentityKeys } from './ports/xero.js';

/** A problem of a record, or a remark on it. */
export interface Problem {
  code: IssueCode;
  meta: Meta;
}

/** A record that another one refers to. */
export interface ParentRef {
  entity: Entity;
  crmId: string;
  /** A required parent must be in Xero first; an optional one is used where it is. */
  required: boolean;
}

/** What is known of the organisation in Xero and bears on whether a record can be posted. */
export interface PostingFacts {
  baseCurrency: string;
  currencies: readonly string[];
  /** Documents up to this day are refused; `YYYY-MM-DD`. */
  lockDate: string | null;
}

/** How a record is recognised in Xero before there is a binding, besides its marker. */
export interface IdentityRules {
  /** What the natural key proves: the record itself, the document if its facts agree, or nothing. */
  number: 'record' | 'document' | 'nothing';
  /** An unmarked record that agrees in parent, date, currency and total is this one, made by a person. */
  facts: boolean;
  /** A unique tax number links; an e-mail links if the name agrees; a name alone only proposes. */
  person: boolean;
}

/** Everything that sets one entity apart: data for the one pipeline. */
export interface EntityDefinition<E extends Entity = Entity> {
  entity: E;
  /** Rises when `owned` changes its form: snapshots of an older form are taken anew, and nothing is written. */
  codecVersion: number;
  /** The record that an id itself stands for, without asking the CRM; null: ask. */
  derive(id: string): CanonicalRecord<E> | null;
  /** What people call it. */
  label(record: CanonicalRecord<E>): string;
  /** The fields that count as a change when they differ. */
  owned(record: CanonicalRecord<E>): { readonly [field: string]: Json };
  parents(record: CanonicalRecord<E>): ParentRef[];
  /** What becomes of a record whose required parent is excluded. */
  whenParentExcluded: 'exclude' | 'park';
  /** Why the record is not meant for Xero; null: it is. */
  exclusion(record: CanonicalRecord<E>): ExclusionReason | null;
  /** What would make Xero refuse it, found before a call is spent. */
  check(record: CanonicalRecord<E>, facts: PostingFacts): Problem | null;
  /** Remarks on a record that goes through. */
  warnings(record: CanonicalRecord<E>): Problem[];
  identity: IdentityRules;
  /** The keys to look for; `parentXeroId` is the required parent's id in Xero. */
  keys(record: CanonicalRecord<E>, parentXeroId: string | null): IdentityKeys;
  /** A name that Xero wants to be unique; null where there is no such rule. */
  uniqueName(record: CanonicalRecord<E>): string | null;
  /** What a changed record is told when Xero forbids edits; null: it may be edited. */
  editForbidden: IssueCode | null;
}

/** The definition of every entity. */
export type Definitions = { readonly [E in Entity]: EntityDefinition<E> };
