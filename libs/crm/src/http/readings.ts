import { type CrmEntity, type Tax, taxSetOf } from '@sync/domain';
import type { CrmReading } from '@sync/engine';
import { z } from 'zod';
import { unreadable } from './crm-errors.js';
import { wireId } from './wire/envelopes.js';
import { decoders } from './wire/index.js';

/** An answer about some ids. */
export interface RecordsAnswer {
  records: readonly unknown[];
  missing: readonly string[];
}

/**
 * Each id that was asked for gets one reading; what was not asked for is ignored. An answer that says nothing of a whole
 * batch is broken as a whole; about a single id, the fault may be that record's.
 */
export function readingsOf<E extends CrmEntity>(
  entity: E,
  ids: readonly string[],
  { records, missing }: RecordsAnswer,
): CrmReading<E>[] {
  const found = recordsById(records);
  const gone = new Set(missing);
  if (ids.length > 1 && !ids.some((id) => found.has(id) || gone.has(id))) {
    throw unreadable(`GET /v1/${entity} answered for none of the ids that were asked for`);
  }
  return ids.map((id) => {
    if (found.has(id)) return decoders[entity](id, found.get(id));
    if (gone.has(id)) return { id, state: 'missing' };
    return { id, state: 'invalid', reason: 'the CRM neither gave it nor called it missing' };
  });
}

/** Ids that the contract does not allow belong to no record; asked for, they could be taken for several ids. */
export function isAskable(id: string): boolean {
  return wireId.safeParse(id).success;
}

/**
 * The set of taxes that an id stands for, where it is a set's key: a line of an invoice names sets that no row of the
 * CRM holds, and they are read from their own key.
 */
export function taxSetReading(id: string): CrmReading<'taxes'> | null {
  const components = isWellEncoded(id) ? taxSetOf(id) : null;
  if (components === null || components.length === 0) return null;
  const record: Tax = { id, components };
  return { id, state: 'found', record, birthMark: null };
}

/** An id may come from outside, in an event; text such as `%zz` cannot be decoded, so it is no key. */
function isWellEncoded(id: string): boolean {
  try {
    return decodeURIComponent(id) !== '';
  } catch (error) {
    if (error instanceof URIError) return false;
    throw error;
  }
}

const identified = z.object({ id: z.string() });

/** What came, by its own id; the first of several counts. */
export function recordsById(records: readonly unknown[]): Map<string, unknown> {
  const found = new Map<string, unknown>();
  for (const record of records) {
    const parsed = identified.safeParse(record);
    if (parsed.success && !found.has(parsed.data.id)) found.set(parsed.data.id, record);
  }
  return found;
}
