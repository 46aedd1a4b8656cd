import type { Entity, Json } from '@sync/domain';
import type { IdentityKeys, XeroDerived, XeroRecord } from './xero.js';

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
  /** Which of these records are archived, voided or deleted in Xero, as far as the copy knows. */
  dead(organizationId: string, entity: Entity, xeroIds: readonly string[]): Promise<string[]>;
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
  /** CRM ids that were bound to it, and that the CRM no longer has; a link to it is taken from them. */
  goneCrmIds?: readonly string[];
  /** Its marker names a binding of this organization; one of another installation's, or of a lost database, does not. */
  markedByUs: boolean;
}
