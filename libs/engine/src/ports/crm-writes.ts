import type { CanonicalRecord, Entity, Json } from '@sync/domain';
import type { Fence } from './leases.js';
import type { XeroRecord } from './xero.js';

/** A write into the CRM, complete: whoever finds it stored makes it under the same key, and it is one write. */
export interface CrmWriteIntent {
  bindingId: string;
  entity: Entity;
  /** Marker and a number of its own: a later change of the same record is another write. */
  key: string;
  /** The record to change; null: a new one. */
  crmId: string | null;
  record: CanonicalRecord;
  was: CanonicalRecord | null;
  /** What Xero held when this was decided: once it is written, that is agreed. */
  xero: XeroRecord;
  /** What of the CRM's side stays to be agreed, as it was agreed before: changes that Xero has not yet. */
  unagreed: { readonly [field: string]: Json | undefined };
  /** What goes the other way remains to be done. */
  more: boolean;
  label: string;
}

/** Writes into the CRM that are not settled; settling a binding drops its write. */
export interface CrmWriteStore {
  /** Stores them before they are made, each with a key of its own; returns them with it. */
  store(
    organizationId: string,
    fence: Fence,
    intents: readonly Omit<CrmWriteIntent, 'key'>[],
  ): Promise<CrmWriteIntent[]>;
  /** Those of these bindings that may have been made. */
  open(organizationId: string, bindingIds: readonly string[]): Promise<CrmWriteIntent[]>;
}
