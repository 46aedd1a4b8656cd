import { canonicalHash, type CanonicalRecord, type CrmEntity, type Json } from '@sync/domain';
import type { WriteSession, WrittenTable } from './write-session.js';

/** A right that a database user may lack. */
export type Right = 'INSERT' | 'UPDATE' | 'DELETE';

/** The rights that are needed, by table. */
export type Rights = Readonly<Partial<Record<WrittenTable, readonly Right[]>>>;

/** A record that is to be another one than it is. */
export interface Change<E extends CrmEntity> {
  rowId: number;
  was: CanonicalRecord<E>;
  record: CanonicalRecord<E>;
  /** Whether one of these fields differs. */
  differs(...fields: (keyof CanonicalRecord<E>)[]): boolean;
}

/** How records of an entity are written; throws a `Refusal` for what Perfex cannot hold. */
export interface Writer<E extends CrmEntity> {
  /** What is written, and how: the rights that the database user needs besides reading. */
  rights: Rights;
  /**
   * Locks the rows that a record is made of, so that it stays as it is read next, and those whose status follows from it.
   * Only locking reads: a plain one would fix what the transaction sees before it holds the locks.
   */
  lock(session: WriteSession, rowId: number): Promise<void>;
  /** Stores a new record and gives its id; `key` is that of the write. */
  create(session: WriteSession, record: CanonicalRecord<E>, key: string): Promise<string>;
  /** Changes a record and gives its id, which for some is made of what they are. */
  update(session: WriteSession, change: Change<E>): Promise<string>;
  /** Absent: records of this entity are never removed. */
  remove?(session: WriteSession, rowId: number, was: CanonicalRecord<E>): Promise<void>;
}

/** Compares two states of a record field by field. */
export function changeOf<E extends CrmEntity>(
  rowId: number,
  was: CanonicalRecord<E>,
  record: CanonicalRecord<E>,
): Change<E> {
  const hash = (state: CanonicalRecord<E>, field: keyof CanonicalRecord<E>): string =>
    canonicalHash({ value: state[field] as Json });
  return {
    rowId,
    was,
    record,
    differs: (...fields) => fields.some((field) => hash(was, field) !== hash(record, field)),
  };
}
