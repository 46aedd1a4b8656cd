import { type Ledgers, save } from '../booking.js';
import type { CrmEntity, CrmRecords } from '../records.js';
import { completed, holds, readGiven } from './given.js';
import { WriteRefusal } from './refusal.js';
import { RULES } from './rules.js';

/** One write, as the contract has it. */
export interface Write {
  key: string;
  /** Null: a new record. */
  id: string | null;
  record: object;
  was: object | null;
}

/** What became of it. */
export type WriteResult =
  | { key: string; state: 'written'; record: object }
  | { key: string; state: 'changed' }
  | { key: string; state: 'refused'; code: string; detail: string };

/** Writes one record exactly once: the record and its key are kept in one transaction. */
export function upsert(at: Ledgers, entity: CrmEntity, write: Write): WriteResult {
  const { key } = write;
  try {
    const record = at.books.transact(() => writeOne(at, entity, write));
    return record === null ? { key, state: 'changed' } : { key, state: 'written', record };
  } catch (error) {
    if (!(error instanceof WriteRefusal)) throw error;
    return { key, state: 'refused', code: error.code, detail: error.message };
  }
}

/** The record as it stands then; null: it is not what it was. */
function writeOne<E extends CrmEntity>(at: Ledgers, entity: E, write: Write): CrmRecords[E] | null {
  const keyed = at.books.idOfKey(entity, write.key);
  if (write.id === null) return keyed === null ? create(at, entity, write) : madeBefore(at, entity, keyed);
  if (keyed !== null && keyed !== write.id)
    throw new WriteRefusal('key-of-another', `This key belongs to ${keyed}, not to ${write.id}.`);
  return change(at, entity, { ...write, id: write.id });
}

function madeBefore<E extends CrmEntity>({ books }: Ledgers, entity: E, id: string): CrmRecords[E] {
  const record = books.get(entity, id);
  if (record === null)
    throw new WriteRefusal('deleted', `${id} was made under this key and is deleted by now.`);
  return record;
}

function create<E extends CrmEntity>(at: Ledgers, entity: E, { key, record }: Write): CrmRecords[E] | null {
  const { books, now } = at;
  const given = readGiven(entity, record);
  const same = entity === 'taxes' ? [...books.all(entity)].find((tax) => holds(tax, given)) : undefined;
  const stamps = { id: books.freshId(entity), createdAt: now.toISOString(), updatedAt: now.toISOString() };
  const made = same ?? RULES[entity](at, { record: completed(entity, stamps, given), before: null });
  save(at, entity, made, key);
  return books.get(entity, made.id);
}

function change<E extends CrmEntity>(
  at: Ledgers,
  entity: E,
  { key, id, record, was }: Write & { id: string },
): CrmRecords[E] | null {
  const before = at.books.get(entity, id);
  if (before === null) return null;
  const given = readGiven(entity, record);
  if (holds(before, given)) return before;
  if (was === null) throw new WriteRefusal('was-missing', 'A record is changed only beside what it was.');
  if (!holds(before, was)) return null;
  save(at, entity, RULES[entity](at, { record: completed(entity, before, given), before }), key);
  return at.books.get(entity, id);
}
