import type { Ledgers } from '../booking.js';
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
