import { CRM_ENTITIES, type CrmEntity, type CrmRecords } from './records.js';
import { type ReferenceLine, type ReferenceList, ReferenceLists } from './reference-lists.js';

/** A record as the books keep it; without a record it was deleted. */
export interface Entry<E extends CrmEntity = CrmEntity> {
  /** Rises with every change of any record. */
  seq: number;
  record: CrmRecords[E] | null;
  /** Spoilt on purpose, so that it cannot be in Xero. */
  unfit: boolean;
}

/** One change, as the journal keeps it. */
export interface JournalLine extends Entry {
  entity: CrmEntity;
  id: string;
  /** Under which another program wrote the record: it is known by this key from then on. */
  key?: string;
}

/** Whatever the journal keeps. */
export type BookLine = JournalLine | ReferenceLine;

/** How a record is put down. */
export interface PutOptions {
  unfit?: boolean;
  key?: string;
}

type Shelves = { [E in CrmEntity]: Map<string, Entry<E>> };

/** The records of the CRM and the order in which they last changed. */
export class CrmBooks {
  #seq = 0;
  readonly #shelves: Shelves = emptyShelves();
  readonly #highestId = new Map<CrmEntity, number>();
  readonly #idsByKey = new Map<string, string>();
  readonly #onChange: (lines: readonly BookLine[]) => void;
  #open: JournalLine[] | null = null;
  readonly reference = new ReferenceLists();

  constructor(onChange: (lines: readonly BookLine[]) => void) {
    this.#onChange = onChange;
  }

  /** The number of the last change. */
  get seq(): number {
    return this.#seq;
  }

  /**
   * Whatever `work` changes is kept together or not at all over a crash. Work looks whether it can be done before it
   * changes anything: what it changed before it throws stays.
   */
  transact<T>(work: () => T): T {
    if (this.#open !== null) return work();
    const lines: JournalLine[] = [];
    this.#open = lines;
    try {
      return work();
    } finally {
      this.#open = null;
      if (lines.length > 0) this.#onChange(lines);
    }
  }

  get<E extends CrmEntity>(entity: E, id: string): CrmRecords[E] | null {
    return this.#shelves[entity].get(id)?.record ?? null;
  }

  /** The id of the record that was written under a key, also of one that is deleted by now. */
  idOfKey(entity: CrmEntity, key: string): string | null {
    return this.#idsByKey.get(`${entity} ${key}`) ?? null;
  }

  /** All records that are not deleted, least recently changed first. */
  *all<E extends CrmEntity>(entity: E): Generator<CrmRecords[E]> {
    for (const { record } of this.#shelves[entity].values()) if (record !== null) yield record;
  }

  /** Whether the record was spoilt on purpose. */
  isUnfit(entity: CrmEntity, id: string): boolean {
    return this.#shelves[entity].get(id)?.unfit ?? false;
  }

  put<E extends CrmEntity>(entity: E, record: CrmRecords[E], { unfit = false, key }: PutOptions = {}): void {
    const line = { entity, id: record.id, seq: this.#seq + 1, record, unfit };
    this.#record(key === undefined ? line : { ...line, key });
  }

  remove(entity: CrmEntity, id: string): void {
    this.#record({ entity, id, seq: this.#seq + 1, record: null, unfit: false });
  }

  /** Adds an entry to a list once for each key, and gives its id. */
  addReference(reference: ReferenceList, { key, name }: { key: string; name: string }): string {
    const known = this.reference.idOfKey(reference, key);
    if (known !== null) return known;
    const line = { reference, id: this.reference.freshId(reference), name, key };
    this.reference.replay(line);
    this.#onChange([line]);
    return line.id;
  }

  /** Takes over a change that was recorded before, without recording it again. */
  replay(line: BookLine): void {
    if ('reference' in line) return this.reference.replay(line);
    // The journal says which entity a record is of; the shelves' types cannot follow a union that far.
    const shelf = this.#shelves[line.entity] as Map<string, Entry>;
    shelf.delete(line.id);
    shelf.set(line.id, { seq: line.seq, record: line.record, unfit: line.unfit });
    this.#seq = line.seq;
    if (line.key !== undefined) this.#idsByKey.set(`${line.entity} ${line.key}`, line.id);
    const id = Number(line.id);
    if (id > (this.#highestId.get(line.entity) ?? 0)) this.#highestId.set(line.entity, id);
  }

  /** What changed after a number, in the order of the changes; each record once, deleted ones too. */
  changesAfter(
    entity: CrmEntity,
    seq: number,
    limit: number,
  ): { id: string; seq: number; deleted: boolean }[] {
    const changes: { id: string; seq: number; deleted: boolean }[] = [];
    for (const [id, entry] of this.#shelves[entity]) {
      if (changes.length === limit) break;
      if (entry.seq > seq) changes.push({ id, seq: entry.seq, deleted: entry.record === null });
    }
    return changes;
  }

  /** An id that no record had before. */
  freshId(entity: CrmEntity): string {
    return String((this.#highestId.get(entity) ?? 0) + 1);
  }

  #record(line: JournalLine): void {
    this.replay(line);
    if (this.#open === null) this.#onChange([line]);
    else this.#open.push(line);
  }
}

function emptyShelves(): Shelves {
  const shelves: Partial<Record<CrmEntity, Map<string, Entry>>> = {};
  for (const entity of CRM_ENTITIES) shelves[entity] = new Map();
  return shelves as Shelves;
}
