import { Decimal } from 'decimal.js';
import type { Invoice } from '../books/records.js';
import type { RuleContext } from './context.js';
import { checkPaidEdit, documentProblems, numberProblems, urlProblems } from './document-checks.js';
import { isSetOff } from './balance.js';
import { HAS_PAYMENT, isApproved } from './document-status.js';
import { isNumberTaken } from './numbers.js';
import { lineRules } from './line-rules.js';
import { refuseIfLocked } from './lock-dates.js';
import { refuse, refuseIfAny } from '../wire/refusal.js';

/** Refuses an invoice or bill that must not be saved as it is; `before` is what it was, on an update. */
export function checkInvoice(context: RuleContext, invoice: Invoice, before?: Invoice): void {
  const complete = invoice.status !== 'DRAFT';
  if (before && isSetOff(before)) checkSetOffEdit(before, invoice);
  if (isApproved(invoice.status)) refuseIfLocked(context, invoice.date);
  refuseIfAny([
    isNumberTaken(context, context.tenant.invoices, invoice) && 'Invoice # must be unique.',
    ...numberProblems('Invoice Number', invoice.number),
    ...urlProblems(invoice.url),
    ...documentProblems(context, invoice, { complete, rules: lineRules[invoice.type] }),
    complete && invoice.dueDate === null && 'The Due Date must be specified',
    complete &&
      new Decimal(invoice.total).isNegative() &&
      'The invoice total must be greater than or equal to zero',
  ]);
}

// The contact may change as long as no credit of it was applied.
function checkSetOffEdit(before: Invoice, after: Invoice): void {
  const credited = !new Decimal(before.amountCredited).isZero();
  if (credited && before.contactId !== after.contactId) refuse(HAS_PAYMENT);
  checkPaidEdit(before, after);
}
