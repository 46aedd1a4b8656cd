import { SyncError } from '@sync/domain';
import type { CursorPage } from '@sync/engine';

/** Where a list goes on: after the entry with this moment (or number) and id. */
export interface CursorPosition {
  at: string;
  id: string;
}

/** Reads a cursor of ours; throws a `validation` error for any other text. */
export function readCursor(cursor: string | null): CursorPosition | null {
  if (cursor === null) return null;
  const [at, id, ...rest] = Buffer.from(cursor, 'base64url').toString('utf8').split(' ');
  const valid = at !== undefined && id !== undefined && rest.length === 0 && !Number.isNaN(Date.parse(at));
  if (!valid || !/^[0-9a-f-]+$/.test(id)) {
    throw new SyncError('validation', 'The cursor is not one that this list gave; start again without it');
  }
  return { at, id };
}

/** Cuts rows, of which one more than `limit` was read, into a page. */
export function pageOf<Row, Item>(
  rows: readonly Row[],
  limit: number,
  read: { item: (row: Row) => Item; position: (row: Row) => { at: Date; id: string } },
): CursorPage<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const more = rows.length > limit && last !== undefined;
  return { items: shown.map(read.item), nextCursor: more ? writeCursor(read.position(last)) : null };
}

function writeCursor({ at, id }: { at: Date; id: string }): string {
  return Buffer.from(`${at.toISOString()} ${id}`, 'utf8').toString('base64url');
}
