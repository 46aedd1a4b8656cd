import type { Entity, Json, RecordStatus } from '@sync/domain';
import type { XeroDerived } from './xero.js';

/** Facts of an issue. */
export type Meta = { readonly [key: string]: Json };

/** A binding: the row that stands for one pair of records; a stub while one of the ids is null. */
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
  /** Of the canonical form that the CRM's snapshot was taken with. */
  codecVersion: number;
  /** What Xero derived when both sides were last agreed; null: not known. */
  xeroDerived: XeroDerived | null;
  /** When Xero last changed the record, as it was agreed then; null: not known. */
  xeroUpdatedAt: Date | null;
  /** Of the form that Xero's snapshot was taken with. */
  xeroCodecVersion: number;
  /** How often it was written into the CRM: each write has a key of its own. */
  crmWrites: number;
  /** Identifies a life of the CRM record; a different one under the same id means that the CRM was replaced. */
  birthMark: string | null;
}
