import type { Entity } from '@sync/domain';

const contact = (id: string) => `/Contacts/View/${id}`;
const transaction = (id: string) => `/Bank/ViewTransaction.aspx?bankTransactionID=${id}`;

/** Items, tax rates and applied credits have no page of their own. */
const xeroPages: Partial<Record<Entity, (xeroId: string) => string>> = {
  customers: contact,
  vendors: contact,
  invoices: (id) => `/AccountsReceivable/View.aspx?InvoiceID=${id}`,
  'credit-notes': (id) => `/AccountsReceivable/ViewCreditNote.aspx?creditNoteID=${id}`,
  payments: transaction,
  refunds: transaction,
  expenses: transaction,
  bills: (id) => `/AccountsPayable/View.aspx?InvoiceID=${id}`,
  'bill-payments': transaction,
  'purchase-orders': (id) => `/Accounts/Payable/PurchaseOrders/View/${id}/`,
};

/**
 * Where a person sees the record in Xero; null: it has no page. Xero's deep links name the organisation by its short
 * code, so that the right one opens.
 */
export function deepLink(entity: Entity, xeroId: string, shortCode: string): string | null {
  const path = xeroPages[entity]?.(encodeURIComponent(xeroId));
  if (path === undefined) return null;
  const query = new URLSearchParams({ shortcode: shortCode, redirecturl: path });
  return `https://go.xero.com/organisationlogin/default.aspx?${query.toString()}`;
}
