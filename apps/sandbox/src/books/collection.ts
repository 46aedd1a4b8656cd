import type { Stamped } from './records.js';

/** One change that a transaction can take back. */
export interface Change {
  readonly collection: { restore(id: string, before: Stamped | undefined): void };
  readonly scope: string;
  readonly kind: string;
  readonly id: string;
  readonly before: Stamped | undefined;
  /** The record as it is now, or null when it is gone. */
  readonly current: () => Stamped | null;
}

/** Where a collection keeps its records and to whom it tells changes. */
export interface CollectionOptions<T> {
  readonly scope: string;
  readonly kind: string;
  readonly note: (change: Change) => void;
  /** Further ways to find records: index name → key of a record (null = not in this index). */
  readonly keys?: Readonly<Record<string, (row: T) => string | null>>;
}

/** Records of one kind in memory, found by id or index, listed by time of change. */
export class Collection<T extends Stamped> {
  private readonly rows = new Map<string, T>();
  private readonly indexes = new Map<string, Map<string, Set<string>>>();
  private ordered: readonly T[] | null = null;

  constructor(private readonly options: CollectionOptions<T>) {
    for (const name of Object.keys(options.keys ?? {})) this.indexes.set(name, new Map());
  }

  get scope(): string {
    return this.options.scope;
  }

  get kind(): string {
    return this.options.kind;
  }

  get size(): number {
    return this.rows.size;
  }

  /** Forgets everything and tells nobody. */
  clear(): void {
    this.rows.clear();
    for (const index of this.indexes.values()) index.clear();
    this.ordered = null;
  }

  get(id: string): T | undefined {
    return this.rows.get(id);
  }

  /** The records with this key in an index. */
  by(index: string, key: string): T[] {
    const ids = this.indexes.get(index)?.get(key) ?? [];
    return [...ids].flatMap((id) => this.rows.get(id) ?? []);
  }

  put(row: T): T {
    const before = this.rows.get(row.id);
    this.store(row.id, row);
    this.tell(row.id, before);
    return row;
  }

  delete(id: string): void {
    const before = this.rows.get(id);
    if (before === undefined) return;
    this.store(id, undefined);
    this.tell(id, before);
  }

  /** Sets a record back, or reads it from the journal; tells nobody. */
  restore(id: string, before: Stamped | undefined): void {
    this.store(id, before as T | undefined);
  }

  /** All records by time of change, then id: the order in which Xero lists. Do not change the array. */
  inOrder(): readonly T[] {
    this.ordered ??= [...this.rows.values()].sort(byChange);
    return this.ordered;
  }

  private tell(id: string, before: T | undefined): void {
    const { scope, kind, note } = this.options;
    note({ collection: this, scope, kind, id, before, current: () => this.rows.get(id) ?? null });
  }

  // Deleting first keeps the map nearly in order of change, which makes the sort in inOrder() nearly linear.
  private store(id: string, row: T | undefined): void {
    const before = this.rows.get(id);
    if (before) this.index(before, 'remove');
    if (before?.updatedAt !== row?.updatedAt) this.rows.delete(id);
    if (row) {
      this.rows.set(id, row);
      this.index(row, 'add');
    }
    this.ordered = null;
  }

  private index(row: T, action: 'add' | 'remove'): void {
    for (const [name, keyOf] of Object.entries(this.options.keys ?? {})) {
      const key = keyOf(row);
      const index = this.indexes.get(name);
      if (key === null || !index) continue;
      const ids = index.get(key) ?? new Set();
      if (action === 'add') index.set(key, ids.add(row.id));
      else if (ids.delete(row.id) && ids.size === 0) index.delete(key);
    }
  }
}

function byChange(a: Stamped, b: Stamped): number {
  return a.updatedAt - b.updatedAt || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}
