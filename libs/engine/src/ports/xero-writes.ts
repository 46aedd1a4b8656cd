import type { CanonicalRecord, Entity, IssueCode, Json, SyncError } from '@sync/domain';
import type { XeroDerived, XeroRecord } from './xero-records.js';
import type { References } from './xero-references.js';

/** A record to be written. */
export interface EncodeRequest<E extends Entity = Entity> {
  entity: E;
  action: 'create' | 'update';
  record: CanonicalRecord<E>;
  /** Binding id and generation, as it is written into the record. */
  marker: string;
  /** The record to update. */
  xeroId: string | null;
  /** What Xero is known to hold of the record to update; absent: nothing is known. */
  held?: XeroRecord['owned'];
  /** The owned fields that differ from what was last written; null: all of them. */
  changed: readonly string[] | null;
  /** A contact's name is held by another contact of ours: make it distinct by the CRM id. */
  distinctName: boolean;
  references: References;
}

/** The outcome of encoding: an element of a request's body, or why there is none. */
export type EncodeResult =
  | {
      ok: true;
      /** The element in Xero's wire form. */
      element: Json;
      /** What the reply must say, else the books would differ. */
      expected: Partial<XeroDerived>;
      /** Cents that went into tax overrides and into a rounding line, to be counted and shown. */
      adjusted: { taxCents: number; roundingCents: number };
    }
  | { ok: false; code: IssueCode; meta: { readonly [key: string]: Json } };

/** A member of a write batch: how its result is recognised in the reply. */
export interface BatchMember {
  bindingId: string;
  marker: string;
  /** Item code, tax set key …; null where only the marker identifies. */
  naturalKey: string | null;
  /** Set for updates. */
  xeroId: string | null;
}

/** A writing call to Xero, complete: sending it twice with its key is one write, within six minutes. */
export interface WriteCall {
  entity: Entity;
  method: 'PUT' | 'POST' | 'DELETE';
  /** Path and query below `/api.xro/2.0`. */
  path: string;
  /** The exact body; empty where there is none. */
  body: string;
  /** Null for updates and voids: A → B → A must not replay A. */
  idempotencyKey: string | null;
}

/** What became of one member; a member that the reply does not hold is `unknown`. */
export type MemberResult =
  | { bindingId: string; state: 'accepted'; record: XeroRecord; warnings: string[] }
  | { bindingId: string; state: 'refused'; error: SyncError }
  | { bindingId: string; state: 'unknown' };
