import type { CanonicalRecord, Entity, IssueCode, Json } from '@sync/domain';
import type { ExclusionReason } from './ports/crm.js';
import type { Mapping, Meta, OrganizationSettings } from './ports/stores.js';
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
  /** The hash of the parent's owned fields with which it must be in Xero before this one is made; absent: any will do. */
  agreedAs?: string;
}

/** What is known of the organisation in Xero and bears on whether a record can be posted. */
export interface PostingFacts {
  baseCurrency: string;
  currencies: readonly string[];
  /** Documents up to this day are refused; `YYYY-MM-DD`. */
  lockDate: string | null;
  /** The entities of the CRM that flow into Xero. */
  toXero: readonly Entity[];
}

/** What of the settings fills gaps of a record. */
export type Defaults = Pick<OrganizationSettings, 'fallbackSupplier'>;

/** The settings that say as what a record is booked. */
export type BookingSettings = Pick<
  OrganizationSettings,
  'expensesAs' | 'expensesAsByCategory' | 'expensesAsByMode'
>;

/** One record of the CRM may be booked as one entity or as another, by the organization's choice. */
export interface Booking<E extends Entity = Entity> {
  /** Whether this entity is chosen for the record. */
  isChosen(record: CanonicalRecord<E>, settings: BookingSettings): boolean;
  /** The entity that may stand for the record instead. */
  otherwise: Entity;
  /** What is looked at then: that entity, and whatever goes with it. */
  looksAt: readonly Entity[];
}

/** The id in Xero of a record of the CRM; null: it has none. */
export type XeroIdOf = (entity: Entity, crmId: string) => string | null;

/** A choice without which a record cannot be posted. */
export interface Need {
  kind: Mapping['kind'];
  key: string;
  /** What a person calls it. */
  label: string;
}

/** Under this key a parent's state is found. */
export function parentKey(parent: { entity: Entity; crmId: string }): string {
  return `${parent.entity}/${parent.crmId}`;
}

/** How a record is recognised in Xero before there is a binding, besides its marker. */
export interface IdentityRules {
  /**
   * What the natural key proves: the record itself, one of several that are alike (whichever is free is taken), the
   * document if its facts agree, or nothing.
   */
  number: 'record' | 'twin' | 'document' | 'nothing';
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
  /** The record with what the organization's settings say where the CRM says nothing; absent: the CRM says it all. */
  withDefaults?(record: CanonicalRecord<E>, defaults: Defaults): CanonicalRecord<E>;
  /** The record as it is written into the CRM: what the settings filled in is taken out of it. */
  withoutDefaults?(record: CanonicalRecord<E>): CanonicalRecord<E>;
  /** Absent: the record is always booked as this entity. */
  booking?: Booking<E>;
  /** The entity that stands in Xero beside this one for the same record: what happens to one there bears on the other. */
  goesWith?: Entity;
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
  warnings(record: CanonicalRecord<E>, facts: PostingFacts): Problem[];
  /** The mappings without which it cannot be posted, besides those that its codec asks for. */
  needs(record: CanonicalRecord<E>): Need[];
  identity: IdentityRules;
  /** The keys to look for, besides the marker. */
  keys(record: CanonicalRecord<E>, xeroIdOf: XeroIdOf): IdentityKeys;
  /** A name that Xero wants to be unique; null where there is no such rule. */
  uniqueName(record: CanonicalRecord<E>): string | null;
  /** What a changed record is told when Xero forbids edits; null: it may be edited. */
  editForbidden: IssueCode | null;
  /** Xero forbids edits, and it is made anew without asking: the CRM has no record of it that could be meant to stay. */
  isRemade?: boolean;
}

/** The definition of every entity. */
export type Definitions = { readonly [E in Entity]: EntityDefinition<E> };
