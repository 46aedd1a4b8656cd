import type { CrmBooks } from './books.js';
import type { CrmEntity, CrmRecords, RecordLists } from './records.js';

/**
 * The records that should be in Xero: nothing that was spoilt on purpose; no drafts, nothing cancelled, void or rejected,
 * and no payment, application or refund of such.
 */
export function eligibleRecords(books: CrmBooks): RecordLists {
  const fit = <E extends CrmEntity>(entity: E): CrmRecords[E][] =>
    [...books.all(entity)].filter(({ id }) => !books.isUnfit(entity, id));
  const invoices = fit('invoices').filter(({ status }) => status === 'open');
  const notes = fit('credit-notes').filter(({ status }) => status === 'open');
  const invoiceIds = idsOf(invoices);
  const noteIds = idsOf(notes);
  return {
    taxes: fit('taxes'),
    customers: fit('customers'),
    vendors: fit('vendors'),
    items: fit('items'),
    invoices,
    'credit-notes': notes,
    'credit-applications': fit('credit-applications').filter(
      ({ invoiceId, creditNoteId }) => invoiceIds.has(invoiceId) && noteIds.has(creditNoteId),
    ),
    payments: fit('payments').filter(({ invoiceId }) => invoiceIds.has(invoiceId)),
    refunds: fit('refunds').filter(({ creditNoteId }) => noteIds.has(creditNoteId)),
    expenses: fit('expenses'),
    'purchase-orders': fit('purchase-orders').filter(
      ({ status }) => status === 'open' || status === 'approved',
    ),
  };
}

function idsOf(records: readonly { id: string }[]): ReadonlySet<string> {
  return new Set(records.map(({ id }) => id));
}
