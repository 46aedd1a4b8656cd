import { bookParents, type Ledgers } from '../booking.js';
import type { CrmEntity, CrmRecords } from '../records.js';
import type { Random } from '../seed/random.js';
import { ActError } from './request.js';

/** What a person at the CRM works with. */
export interface Desk extends Ledgers {
  /** The same for the same seed and the same number of changes before. */
  random: Random;
}

/** The record with this id, or the first that suits; throws an ActError when there is none. */
export function findRecord<E extends CrmEntity>(
  { books }: Desk,
  entity: E,
  id: string | undefined,
  suits: (record: CrmRecords[E]) => boolean = () => true,
): CrmRecords[E] {
  if (id === undefined) {
    for (const record of fitRecords(books, entity)) if (suits(record)) return record;
    throw new ActError(409, `There is none of the ${entity} to do this with.`);
  }
  const record = books.get(entity, id);
  if (record === null) throw new ActError(404, `There is no record ${id} among the ${entity}.`);
  return record;
}

/** The records that were not spoilt. */
export function fitRecords<E extends CrmEntity>(books: Desk['books'], entity: E): CrmRecords[E][] {
  return [...books.all(entity)].filter(({ id }) => !books.isUnfit(entity, id));
}

/** Stores a record as changed now, and books it on its parents; one that was spoilt counts as mended. */
export function save<E extends CrmEntity>(desk: Desk, entity: E, record: CrmRecords[E]): void {
  const { books, now } = desk;
  const before = books.get(entity, record.id);
  books.put(entity, { ...record, updatedAt: now.toISOString() });
  bookParents(desk, entity, record);
  if (before !== null && parentOf(before) !== parentOf(record)) bookParents(desk, entity, before);
}

/** Deletes a record, and takes it off its parents. */
export function discard<E extends CrmEntity>(desk: Desk, entity: E, record: CrmRecords[E]): void {
  desk.books.remove(entity, record.id);
  bookParents(desk, entity, record);
}

function parentOf(record: object): string {
  const { invoiceId, creditNoteId }: { invoiceId?: string; creditNoteId?: string } = record;
  return `${invoiceId} ${creditNoteId}`;
}
