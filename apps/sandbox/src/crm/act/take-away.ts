import { discard, save, settlementsOf } from '../booking.js';
import type { CrmEntity, CrmRecords } from '../records.js';
import { type Desk, findRecord } from './desk.js';
import { ActError } from './request.js';

/**
 * Deletes a record as the CRM lets a person do it: an invoice with its payments, a credit note with its refunds, either
 * with the credits applied; a customer or vendor only without documents. Returns its id.
 */
export function deleteRecord<E extends CrmEntity>(desk: Desk, entity: E, id: string | undefined): string {
  const record = findRecord(desk, entity, id);
  if (entity === 'customers') refuseWith(desk, ['invoices', 'credit-notes'], { customerId: record.id });
  if (entity === 'vendors') refuseWith(desk, ['expenses', 'purchase-orders'], { vendorId: record.id });
  if (entity === 'invoices')
    discardSettlements(desk, ['payments', 'credit-applications'], { invoiceId: record.id });
  if (entity === 'credit-notes')
    discardSettlements(desk, ['refunds', 'credit-applications'], { creditNoteId: record.id });
  discard(desk, entity, record);
  return record.id;
}

/** Cancels an invoice or an order, or voids a credit note; returns its id. */
export function cancelRecord(desk: Desk, entity: CrmEntity, id: string | undefined): string {
  if (entity === 'invoices') return withStatus(desk, entity, id, { status: 'cancelled' });
  if (entity === 'credit-notes') return withStatus(desk, entity, id, { status: 'void' });
  if (entity === 'purchase-orders') return withStatus(desk, entity, id, { status: 'cancelled' });
  throw new ActError(400, `The ${entity} are not cancelled; delete one.`);
}

function withStatus<E extends 'invoices' | 'credit-notes' | 'purchase-orders'>(
  desk: Desk,
  entity: E,
  id: string | undefined,
  change: Pick<CrmRecords[E], 'status'>,
): string {
  const record = findRecord(desk, entity, id, (one) => isOpen(one) && !isUsed(one));
  if (entity === 'credit-notes' && isUsed(record))
    throw new ActError(409, `Credit note ${record.id} was applied or paid back and cannot be void.`);
  save(desk, entity, { ...record, ...change });
  return record.id;
}

function isOpen(record: { status: string }): boolean {
  return record.status === 'open' || record.status === 'approved';
}

function isUsed(record: object): boolean {
  const used: { paid?: string; credited?: string; applied?: string; refunded?: string } = record;
  return [used.paid, used.credited, used.applied, used.refunded].some(
    (amount) => amount !== undefined && amount !== '0.00',
  );
}

function discardSettlements<E extends 'payments' | 'credit-applications' | 'refunds'>(
  desk: Desk,
  entities: readonly E[],
  of: { invoiceId: string } | { creditNoteId: string },
): void {
  for (const entity of entities)
    for (const one of settlementsOf(desk, entity, of)) discard(desk, entity, one);
}

function refuseWith({ books }: Desk, children: readonly CrmEntity[], parent: Record<string, string>): void {
  const [[field, id] = ['', '']] = Object.entries(parent);
  for (const entity of children) {
    const child = [...books.all(entity)].find((record) => Object(record)[field] === id);
    if (child !== undefined) throw new ActError(409, `${id} has ${entity} and cannot be deleted.`);
  }
}
