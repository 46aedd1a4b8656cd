import type { CrmEntity } from '@sync/domain';
import { creditNoteWriter } from './write-credit-notes.js';
import { creditApplicationWriter, refundWriter } from './write-credit-uses.js';
import { companyWriter } from './write-customers.js';
import { expenseWriter } from './write-expenses.js';
import { invoiceWriter } from './write-invoices.js';
import { itemWriter } from './write-items.js';
import { paymentWriter } from './write-payments.js';
import { taxWriter } from './write-taxes.js';
import type { Writer } from './writer.js';

/** How each entity is written; purchase orders are not, since their numbers and approvals are the module's own affair. */
export const WRITERS: { readonly [E in Exclude<CrmEntity, 'purchase-orders'>]: Writer<E> } = {
  taxes: taxWriter,
  customers: companyWriter('customers'),
  vendors: companyWriter('vendors'),
  items: itemWriter,
  invoices: invoiceWriter,
  'credit-notes': creditNoteWriter,
  'credit-applications': creditApplicationWriter,
  payments: paymentWriter,
  refunds: refundWriter,
  expenses: expenseWriter,
};

/** How this entity is written; null: it is not. */
export function writerOf<E extends CrmEntity>(entity: E): Writer<E> | null {
  const writers: { readonly [one in CrmEntity]?: unknown } = WRITERS;
  // The table holds for each entity a writer of that entity.
  return (writers[entity] ?? null) as Writer<E> | null;
}
