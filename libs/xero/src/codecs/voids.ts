import { type Entity, type Json, SyncError } from '@sync/domain';
import type { EncodeResult, XeroDerived, XeroRecord } from '@sync/engine';
import { z } from 'zod';
import { encoded } from './codec.js';
import { ownedLinesOf } from './documents/held-line.js';
import { toWire } from './wire-values.js';

type Element = { readonly [field: string]: Json | undefined };

/** How a record is taken out of the books: what is sent, and what becomes of it. */
type Voiding = (record: XeroRecord) => { element: Element; becomes: XeroDerived['status'] };

/** A draft was never in the books and is deleted; what was approved is voided, and stays to be seen. */
const ledgerDocument =
  (id: string): Voiding =>
  ({ xeroId, derived: { status } }) => {
    const isDraft = status === 'draft' || status === 'submitted';
    return {
      element: { [id]: xeroId, Status: isDraft ? 'DELETED' : 'VOIDED' },
      becomes: isDraft ? 'deleted' : 'voided',
    };
  };

const deleted =
  (elementOf: (record: XeroRecord) => Element): Voiding =>
  (record) => ({ element: elementOf(record), becomes: 'deleted' });

const archived: Voiding = ({ xeroId }) => ({
  element: { ContactID: xeroId, ContactStatus: 'ARCHIVED' },
  becomes: 'archived',
});

const deletedPayment = deleted(({ xeroId }) => ({ PaymentID: xeroId, Status: 'DELETED' }));

const VOIDINGS: Readonly<Record<Entity, Voiding>> = {
  taxes: deleted(taxRate),
  customers: archived,
  vendors: archived,
  items: deleted(({ xeroId }) => ({ ItemID: xeroId })),
  invoices: ledgerDocument('InvoiceID'),
  'credit-notes': ledgerDocument('CreditNoteID'),
  'credit-applications': deleted(allocation),
  payments: deletedPayment,
  refunds: deletedPayment,
  expenses: deleted(bankTransaction),
  bills: ledgerDocument('InvoiceID'),
  'bill-payments': deletedPayment,
  'purchase-orders': deleted(({ xeroId }) => ({ PurchaseOrderID: xeroId, Status: 'DELETED' })),
};

/** The element that takes a record out of the books. Throws `bug` where what is known of it does not suffice. */
export function encodeVoid(entity: Entity, record: XeroRecord): EncodeResult {
  const { element, becomes } = VOIDINGS[entity](record);
  return encoded(element, { status: becomes });
}

/** Xero wants a rate's name and all its components in every request. */
function taxRate({ xeroId, owned }: XeroRecord): Element {
  const components = z
    .array(z.object({ name: z.string(), rate: z.string() }))
    .catch([])
    .parse(owned['components']);
  return {
    TaxType: xeroId,
    Name: owned['name'],
    TaxComponents: components.map(({ name, rate }) => ({
      Name: name,
      Rate: toWire(rate),
      IsCompound: false,
    })),
    Status: 'DELETED',
  };
}

function allocation({ xeroId, owned, keys }: XeroRecord): Element {
  const noteId = owned['creditNoteXeroId'] ?? keys.parentXeroId;
  if (typeof noteId !== 'string') {
    throw new SyncError('bug', 'An allocation cannot be removed: its credit note is not known');
  }
  return { CreditNote: { CreditNoteID: noteId }, AllocationID: xeroId };
}

/** Xero's description wants type, account and lines in every request, so they are sent as they stand. */
function bankTransaction({ xeroId, owned }: XeroRecord): Element {
  const { lineAmountTypes, lines } = ownedLinesOf(owned);
  return {
    BankTransactionID: xeroId,
    Type: 'SPEND',
    BankAccount: { AccountID: owned['bankAccountId'] },
    LineAmountTypes: lineAmountTypes ?? undefined,
    LineItems: (lines ?? []).map((line) => ({
      Description: line.description ?? undefined,
      Quantity: line.quantity === null ? undefined : toWire(line.quantity),
      UnitAmount: line.unitAmount === null ? undefined : toWire(line.unitAmount),
      AccountCode: line.accountCode ?? undefined,
      TaxType: line.taxType ?? undefined,
    })),
    Status: 'DELETED',
  };
}
