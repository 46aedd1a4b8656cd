import { Decimal } from 'decimal.js';
import type { Advance, Credit, CreditNote, Invoice, Payment } from '../books/records.js';
import type { PaymentInput } from '../wire/money-inputs.js';
import { restateCredit, restateInvoice } from './balance.js';
import type { RuleContext } from './context.js';
import { invoiceNamed } from './invoice-named.js';
import { refuse } from '../wire/refusal.js';

/** What a payment is for: an invoice or bill that it settles, or a credit that it pays back. */
export interface PaymentTarget {
  readonly kind: Payment['target'];
  readonly document: Invoice | Credit;
  /** What may be paid at most. */
  readonly open: Decimal;
}

const NONE = 'A payment must have exactly one of Invoice, CreditNote, Prepayment or Overpayment';

/** The one document that a payment names. */
export function targetNamed(context: RuleContext, input: PaymentInput): PaymentTarget {
  const { Invoice: invoice, CreditNote: note, Overpayment: over, Prepayment: pre } = input;
  if ([invoice, note, over, pre].filter((one) => one !== undefined).length !== 1) refuse(NONE);
  if (invoice) return invoiceTarget(invoiceNamed(context, invoice));
  if (note) return creditTarget('creditNote', noteNamed(context, note));
  const id = (over?.OverpaymentID ?? pre?.PrepaymentID ?? '').toLowerCase();
  const kind = over ? 'overpayment' : 'prepayment';
  const advance = context.tenant.advances.get(id);
  if (advance?.kind !== kind) refuse(`The ${over ? 'Overpayment' : 'Prepayment'} could not be found`);
  return creditTarget(kind, advance);
}

const invoiceTarget = (document: Invoice): PaymentTarget => ({
  kind: 'invoice',
  document,
  open: new Decimal(document.amountDue),
});

const creditTarget = (kind: PaymentTarget['kind'], document: Credit): PaymentTarget => ({
  kind,
  document,
  open: new Decimal(document.remainingCredit),
});

function noteNamed(
  { tenant }: RuleContext,
  { CreditNoteID: id, CreditNoteNumber: number }: NonNullable<PaymentInput['CreditNote']>,
): CreditNote {
  const live = tenant.creditNotes.by('number', number ?? '').find(({ status }) => status !== 'DELETED');
  const found = id ? tenant.creditNotes.get(id.toLowerCase()) : live;
  return found ?? refuse('The Credit Note could not be found');
}

/** The document of a payment that is kept. */
export function documentOf(
  { tenant }: Pick<RuleContext, 'tenant'>,
  payment: Payment,
): Invoice | Credit | undefined {
  if (payment.target === 'invoice') return tenant.invoices.get(payment.targetId);
  if (payment.target === 'creditNote') return tenant.creditNotes.get(payment.targetId);
  return tenant.advances.get(payment.targetId);
}

/** States anew what is open on the document of a payment. */
export function restateTarget(
  context: RuleContext,
  { target, targetId }: Pick<Payment, 'target' | 'targetId'>,
  updatedAt: number,
): void {
  if (target === 'invoice') restateInvoice(context, targetId, updatedAt);
  else restateCredit(context, { kind: target, id: targetId, updatedAt });
}

/** Xero's name of what a payment is: a receipt, a bill's payment, or a refund of a credit. */
export function paymentType({ tenant }: Pick<RuleContext, 'tenant'>, payment: Payment): string {
  const { target, targetId } = payment;
  if (target === 'invoice') return `${tenant.invoices.get(targetId)?.type ?? 'ACCREC'}PAYMENT`;
  if (target === 'creditNote') {
    const ofSupplier = tenant.creditNotes.get(targetId)?.type === 'ACCPAYCREDIT';
    return ofSupplier ? 'APCREDITPAYMENT' : 'ARCREDITPAYMENT';
  }
  return `${sideOf(tenant.advances.get(targetId))}${target.toUpperCase()}PAYMENT`;
}

const sideOf = (advance: Advance | undefined): 'AR' | 'AP' => (advance?.type === 'SPEND' ? 'AP' : 'AR');
