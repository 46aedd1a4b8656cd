import { z } from 'zod';
import type { Allocation, Credit, CreditNote, Invoice, Payment } from '../../books/records.js';
import { advanceById, voidAdvance } from '../../rules/advance-write.js';
import { allocate, type CreditSource, deleteAllocation } from '../../rules/allocation-write.js';
import { allocationsOf } from '../../rules/balance.js';
import type { RuleContext } from '../../rules/context.js';
import { createCreditNote, creditNoteByKey, updateCreditNote } from '../../rules/credit-note-write.js';
import { createPayment } from '../../rules/payment-write.js';
import { sourceOf } from '../../resources/credit-notes.js';
import { creditNames } from '../../resources/allocation-view.js';
import { creditNoteInput } from '../../wire/document-inputs.js';
import { allocationInput, paymentInput } from '../../wire/money-inputs.js';
import { refuse } from '../../wire/refusal.js';
import { type Act, type Acts, fieldsIn, firstBank, missing, named } from './act.js';

const noteNamed = (act: Act): CreditNote => creditNoteByKey(act.context, named(act));

const change =
  (Status?: string) =>
  (act: Act): CreditNote => {
    const input = fieldsIn(creditNoteInput, { ...act.fields, ...(Status && { Status }) });
    return updateCreditNote(act.context, noteNamed(act), input).row;
  };

function withdraw(act: Act): CreditNote {
  const { status } = noteNamed(act);
  return change(status === 'DRAFT' || status === 'SUBMITTED' ? 'DELETED' : 'VOIDED')(act);
}

function create({ context, fields }: Act): CreditNote {
  const usual = { Type: 'ACCRECCREDIT', Status: 'AUTHORISED' };
  return createCreditNote(context, fieldsIn(creditNoteInput, { ...usual, ...fields })).row;
}

// Without an invoice the oldest that the credit fits is taken, and as much as fits.
function setOff(act: Act, source: CreditSource): Allocation {
  const { context, fields } = act;
  const sent = fieldsIn(allocationInput, fields);
  const fitting = sent.Invoice ?? { InvoiceID: openInvoice(context, source).id };
  const invoice = context.tenant.invoices.get(fitting.InvoiceID?.toLowerCase() ?? '');
  const most = smaller(source.credit.remainingCredit, invoice?.amountDue ?? source.credit.remainingCredit);
  return allocate(context, source, { ...sent, Invoice: fitting, Amount: sent.Amount ?? most });
}

const smaller = (a: string, b: string): string => (Number(a) < Number(b) ? a : b);

function openInvoice({ tenant }: RuleContext, { side, credit }: CreditSource): Invoice {
  const type = side === 'sales' ? 'ACCREC' : 'ACCPAY';
  const fits = (row: Invoice): boolean =>
    row.type === type && row.status === 'AUTHORISED' && row.currencyCode === credit.currencyCode;
  const [oldest] = tenant.invoices
    .by('contact', credit.contactId)
    .filter(fits)
    .sort((a, b) => (a.date < b.date ? -1 : 1));
  return oldest ?? refuse('The contact has no open invoice that the credit fits');
}

function unallocate(act: Act, { id }: Credit): Allocation[] {
  const { context } = act;
  const { AllocationID: only } = fieldsIn(z.object({ AllocationID: z.string().optional() }), act.fields);
  const ids = only === undefined ? allocationsOf(context, id).map((one) => one.id) : [only];
  if (ids.length === 0) refuse('Nothing of this credit is allocated');
  return ids.map((one) => deleteAllocation(context, id, one));
}

function refund(act: Act, { kind, credit }: CreditSource): Payment {
  const { name, idKey } = creditNames[kind];
  const usual = { Amount: credit.remainingCredit, Account: firstBank(act.context) };
  const fields = { ...usual, ...act.fields, [name]: { [idKey]: credit.id } };
  return createPayment(act.context, fieldsIn(paymentInput, fields)).row;
}

export const creditNote: Acts = {
  create,
  edit: change(),
  submit: change('SUBMITTED'),
  approve: change('AUTHORISED'),
  void: withdraw,
  delete: withdraw,
  allocate: (act) => setOff(act, sourceOf(noteNamed(act))),
  unallocate: (act) => unallocate(act, noteNamed(act)),
  refund: (act) => refund(act, sourceOf(noteNamed(act))),
};

/** What people do with overpayments, or with prepayments. */
export function advanceActs(kind: 'overpayment' | 'prepayment'): Acts {
  const source = (act: Act): CreditSource => {
    const credit = advanceById(act.context, kind, named(act));
    return { kind, side: credit.type === 'SPEND' ? 'purchase' : 'sales', credit };
  };
  return {
    allocate: (act) => setOff(act, source(act)),
    unallocate: (act) => unallocate(act, source(act).credit),
    refund: (act) => refund(act, source(act)),
    void: (act) => voidAdvance(act.context, advanceById(act.context, kind, named(act))),
  };
}

export const allocation: Acts = {
  delete: (act) => {
    const key = named(act);
    const row = act.context.tenant.allocations.get(key.toLowerCase()) ?? missing('allocation', key);
    return deleteAllocation(act.context, row.creditId, row.id);
  },
};
