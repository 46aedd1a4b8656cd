import { discard, type Ledgers } from '../booking.js';
import type { CrmEntity } from '../records.js';
import { holds } from './given.js';

/** What has no status by which it could be cancelled. */
export const REMOVABLE: readonly CrmEntity[] = ['credit-applications', 'payments', 'refunds', 'expenses'];

/** Takes a record out, unless it is not what it was. */
export function takeOut(at: Ledgers, entity: CrmEntity, { id, was }: { id: string; was: object }) {
  const record = at.books.get(entity, id);
  if (record === null) return { state: 'removed' } as const;
  if (!holds(record, was)) return { state: 'changed' } as const;
  at.books.transact(() => discard(at, entity, record));
  return { state: 'removed' } as const;
}
