import type { Allocation, CreditKind } from '../books/records.js';
import type { RuleContext } from '../rules/context.js';
import { wireDay } from '../wire/values.js';

type View = Record<string, unknown>;

/** The name of a credit on the wire: what it is called inside other records, and its id. */
export const creditNames: Readonly<Record<CreditKind, { readonly name: string; readonly idKey: string }>> = {
  creditNote: { name: 'CreditNote', idKey: 'CreditNoteID' },
  overpayment: { name: 'Overpayment', idKey: 'OverpaymentID' },
  prepayment: { name: 'Prepayment', idKey: 'PrepaymentID' },
};

/** An allocation inside the credit that it belongs to. */
export const listedAllocation = ({ tenant }: Pick<RuleContext, 'tenant'>, row: Allocation): View => ({
  AllocationID: row.id,
  Amount: Number(row.amount),
  Date: wireDay(row.date),
  Invoice: {
    InvoiceID: row.invoiceId,
    InvoiceNumber: tenant.invoices.get(row.invoiceId)?.number ?? '',
    ...noParts,
  },
});

/** An allocation as the answer to its creation shows it. */
export function writtenAllocation(context: RuleContext, row: Allocation): View {
  const { name, idKey } = creditNames[row.creditKind];
  return {
    ...listedAllocation(context, row),
    [name]: { [idKey]: row.creditId, ID: row.creditId, LineItems: [] },
    ValidationErrors: [],
  };
}

const noParts = {
  Payments: [],
  CreditNotes: [],
  Prepayments: [],
  Overpayments: [],
  HasErrors: false,
  IsDiscounted: false,
  LineItems: [],
};
