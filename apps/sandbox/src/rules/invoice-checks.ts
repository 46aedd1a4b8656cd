import { Decimal } from 'decimal.js';
import type { Invoice, InvoiceLine } from '../books/records.js';
import type { RuleContext } from './context.js';
import { lineProblems } from './invoice-lines.js';
import { isNumberTaken } from './invoice-number.js';
import { HAS_PAYMENT, isApproved } from './invoice-status.js';
import { refuseIfLocked } from './lock-dates.js';
import { refuse, refuseIfAny } from '../wire/refusal.js';

/** Refuses an invoice that must not be saved as it is; `before` is what it was, on an update. */
export function checkInvoice(context: RuleContext, invoice: Invoice, before?: Invoice): void {
  const complete = invoice.status !== 'DRAFT';
  if (before && !new Decimal(before.amountPaid).isZero()) checkPaidEdit(before, invoice);
  if (isApproved(invoice.status)) refuseIfLocked(context, invoice.date);
  refuseIfAny([
    isNumberTaken(context, invoice) && 'Invoice # must be unique.',
    ...fieldProblems(invoice),
    !context.tenant.currencies.get(invoice.currencyCode) &&
      `Organisation is not subscribed to currency ${invoice.currencyCode}`,
    complete && invoice.lines.length === 0 && 'One or more line items must be specified',
    complete && invoice.dueDate === null && 'The Due Date must be specified',
    complete &&
      new Decimal(invoice.total).isNegative() &&
      'The invoice total must be greater than or equal to zero',
    ...invoice.lines.flatMap((line) => lineProblems(context.tenant, line, complete)),
  ]);
}

function fieldProblems({ number, reference, url }: Invoice): (string | false)[] {
  return [
    number.length > 255 && 'The Invoice Number must not exceed 255 characters',
    !/^[\x20-\x7e]*$/.test(number) && 'The Invoice Number must contain printable ASCII characters only',
    reference.length > 255 && 'The Reference must not exceed 255 characters',
    url !== null && /xero/i.test(url) && "The Url must not contain the word 'xero'",
    url !== null && !URL.canParse(url) && 'The Url is not a valid, absolute address',
  ];
}

// On a paid document only texts, accounts and the due date may change; lines are known by their ids.
function checkPaidEdit(before: Invoice, after: Invoice): void {
  if (frame(before) !== frame(after) || before.lines.length !== after.lines.length) refuse(HAS_PAYMENT);
  for (const line of after.lines) {
    const old = before.lines.find(({ id }) => id === line.id);
    if (!old)
      refuse('To update fields on a paid invoice line item, you must supply a LineItemID', HAS_PAYMENT);
    if (amounts(old) !== amounts(line)) refuse(HAS_PAYMENT);
  }
}

const frame = ({ date, lineAmountTypes, currencyCode, currencyRate, total }: Invoice): string =>
  JSON.stringify([date, lineAmountTypes, currencyCode, Number(currencyRate), total]);

const amounts = (line: InvoiceLine): string =>
  JSON.stringify([
    line.quantity,
    line.unitAmount,
    line.lineAmount,
    line.taxAmount,
    line.taxType,
    line.itemCode,
  ]);
