import type { CanonicalRecord, Entity, IssueCode, Json } from '@sync/domain';

/** By what a record can be recognised before there is a binding; a key that does not apply is null. */
export interface IdentityKeys {
  /** Our own reference in the record: a binding's id and generation. */
  marker: string | null;
  /** The natural key: item code, document number, key of a tax set. */
  number: string | null;
  name: string | null;
  email: string | null;
  taxNumber: string | null;
  /** Of a document: the contact (of a payment: the invoice) that it belongs to, by its Xero id. */
  parentXeroId: string | null;
  currency: string | null;
  /** `YYYY-MM-DD`. */
  date: string | null;
  /** Decimal string. */
  total: string | null;
}

/** What is done to a record of Xero; `void` stands for whatever takes it out of the books: void, delete, archive. */
export type WriteAction = 'create' | 'update' | 'void';

/** What Xero derives by itself; compared, never written. Amounts are decimal strings. */
export interface XeroDerived {
  status: 'active' | 'draft' | 'submitted' | 'approved' | 'paid' | 'voided' | 'deleted' | 'archived';
  total?: string;
  tax?: string;
  /** What was paid; of a credit note: what was paid back. */
  paid?: string;
  /** What credit notes took off; of a credit note: what of it was applied. */
  credited?: string;
  /** Of a credit note: what is left of it. */
  due?: string;
  /** The bank statement confirms it: Xero lets nobody delete it. */
  reconciled?: boolean;
  /** Of a contact: it has sales documents, purchase documents. A new one has neither. */
  customer?: boolean;
  supplier?: boolean;
  /** Of an archived contact: the one that it was merged into. */
  mergedInto?: string;
}

/** A record of Xero, read through its codec. */
export interface XeroRecord {
  xeroId: string;
  keys: IdentityKeys;
  /** Owned fields only; a field that the reply left out is absent, not null. */
  owned: { readonly [field: string]: Json | undefined };
  derived: XeroDerived;
  updatedAt: Date | null;
}

/** A record of Xero in our neutral form, or why it has none. */
export type CanonicalResult<E extends Entity = Entity> =
  | { ok: true; record: CanonicalRecord<E> }
  | { ok: false; code: IssueCode; meta: { readonly [key: string]: Json } };
