import type { Allocation, Credit } from '../books/records.js';
import { creditsOn } from '../rules/balance.js';
import type { RuleContext } from '../rules/context.js';
import { dayString, present, wireDay } from '../wire/values.js';

type View = Record<string, unknown>;

/** What credits take off an invoice, as a read of the invoice shows it: by the kind of credit. */
export function creditsView(context: RuleContext, invoiceId: string): View {
  const allocations = creditsOn(context, invoiceId);
  const { creditNotes, advances } = context.tenant;
  const of = (kind: Allocation['creditKind'], view: (id: string) => View) =>
    allocations
      .filter(({ creditKind }) => creditKind === kind)
      .map((one) => {
        const credit = kind === 'creditNote' ? creditNotes.get(one.creditId) : advances.get(one.creditId);
        return present({ ...view(one.creditId), ...applied(one, credit) });
      });
  return {
    CreditNotes: of('creditNote', (id) => ({
      CreditNoteID: id,
      CreditNoteNumber: creditNotes.get(id)?.number ?? '',
      ID: id,
      HasErrors: false,
      InvoiceAddresses: [],
    })),
    Overpayments: of('overpayment', (id) => ({ OverpaymentID: id, ID: id })),
    Prepayments: of('prepayment', (id) => ({ PrepaymentID: id, ID: id })),
  };
}

const applied = ({ amount }: Allocation, credit: Credit | undefined): View => ({
  AppliedAmount: Number(amount),
  ...(credit && { DateString: dayString(credit.date), Date: wireDay(credit.date) }),
  LineItems: [],
  Total: Number(credit?.total ?? amount),
});
