import { type Entity, SyncError } from '@sync/domain';
import type { CrmReading } from '@sync/engine';
import type { Decoded } from '../codecs/decoded.js';
import { readCustomers } from './read-customers.js';
import { readInvoices } from './read-invoices.js';
import { readItems } from './read-items.js';
import { readPayments } from './read-payments.js';
import { readTaxes, readTaxSet } from './read-taxes.js';
import type { PerfexSession } from './session.js';

/** How many ids one read may ask for. */
const MOST_IDS = 200;
/** Perfex's keys are signed 32-bit integers. */
const HIGHEST_ID = 2_147_483_647;

type Reader<E extends Entity> = (
  session: PerfexSession,
  ids: readonly number[],
) => Promise<Map<number, Decoded<E>>>;

const READERS: { readonly [E in Entity]: Reader<E> } = {
  taxes: readTaxes,
  customers: readCustomers,
  items: readItems,
  invoices: readInvoices,
  payments: readPayments,
};

/** One reading for each id. What is no id of Perfex is missing; a row that cannot be read spoils none of the others. */
export async function readRecords<E extends Entity>(
  session: PerfexSession,
  entity: E,
  ids: readonly string[],
): Promise<CrmReading<E>[]> {
  const rowIds = ids.map(rowIdOf).filter((id) => id !== null);
  const decoded: Map<number, Decoded<E>> = rowIds.length === 0
    ? new Map()
    : await READERS[entity](session, rowIds);
  return ids.map((id) => {
    const reading = decoded.get(rowIdOf(id) ?? 0);
    return reading === undefined ? unread(entity, id) : ({ id, ...reading } as CrmReading<E>);
  });
}

/** Refuses what would make one query too big. */
export function refuseTooManyIds(ids: readonly string[]): void {
  if (ids.length > MOST_IDS) {
    throw new SyncError('bug', `At most ${MOST_IDS} records can be read at once, not ${ids.length}.`);
  }
}

function unread<E extends Entity>(entity: E, id: string): CrmReading<E> {
  const set = entity === 'taxes' ? readTaxSet(id) : null;
  return (set ?? { id, state: 'missing' }) as CrmReading<E>;
}

function rowIdOf(id: string): number | null {
  if (!/^[1-9]\d{0,9}$/.test(id)) return null;
  const rowId = Number(id);
  return rowId <= HIGHEST_ID ? rowId : null;
}
