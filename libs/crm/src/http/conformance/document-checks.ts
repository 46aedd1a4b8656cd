import { type CreditNote, decimal, type Invoice, money, sum } from '@sync/domain';
import { purchaseChecks } from './purchase-checks.js';
import { modeCheck, parentCheck, readable, SLACK, sumCheck, type Surveys } from './relations.js';
import { byProblems, type CheckPlan } from './report.js';
import type { Inquiry } from './survey.js';

/** Whether documents add up, and refer to records that there are. */
export function documentChecks(inquiry: Inquiry, surveys: Surveys): CheckPlan[] {
  return [
    ...invoiceChecks(surveys),
    parentCheck(surveys, { entity: 'payments', field: 'invoiceId', parents: 'invoices' }),
    modeCheck(inquiry, surveys, 'payments'),
    ...creditChecks(surveys),
    modeCheck(inquiry, surveys, 'refunds'),
    ...purchaseChecks(inquiry, surveys),
    modeCheck(inquiry, surveys, 'expenses'),
  ];
}

function invoiceChecks(surveys: Surveys): CheckPlan[] {
  const invoices = readable(surveys, 'invoices');
  return [
    {
      name: 'invoices.add-up',
      advice:
        'total = subtotal − discount + totalTax + adjustment, and subtotal = the lines, each rounded to cents: list the charged ones only.',
      run: () => byProblems(invoices.flatMap(sumProblems), `${invoices.length} invoices`),
    },
    sumCheck(surveys, {
      name: 'invoices.paid',
      advice: 'paid is what the payments of the invoice come to; a payment that changes must change it.',
      parts: 'payments',
      of: 'invoiceId',
      said: invoices.map(({ id, paid }) => ({ id, amount: paid })),
    }),
    sumCheck(surveys, {
      name: 'invoices.credited',
      advice: 'credited is what the credit applications of the invoice come to.',
      parts: 'credit-applications',
      of: 'invoiceId',
      said: invoices.map(({ id, credited }) => ({ id, amount: credited })),
    }),
    parentCheck(surveys, { entity: 'invoices', field: 'customerId', parents: 'customers' }),
  ];
}

function creditChecks(surveys: Surveys): CheckPlan[] {
  const notes = readable(surveys, 'credit-notes');
  return [
    {
      name: 'credit-notes.add-up',
      advice:
        'total = subtotal − discount + totalTax + adjustment, and subtotal = the lines; every amount is positive.',
      run: () => byProblems(notes.flatMap(sumProblems), `${notes.length} credit notes`),
    },
    sumCheck(surveys, {
      name: 'credit-notes.applied',
      advice: 'applied is what the applications of the credit note come to.',
      parts: 'credit-applications',
      of: 'creditNoteId',
      said: notes.map(({ id, applied }) => ({ id, amount: applied })),
    }),
    sumCheck(surveys, {
      name: 'credit-notes.refunded',
      advice: 'refunded is what the refunds of the credit note come to.',
      parts: 'refunds',
      of: 'creditNoteId',
      said: notes.map(({ id, refunded }) => ({ id, amount: refunded })),
    }),
    parentCheck(surveys, { entity: 'credit-notes', field: 'customerId', parents: 'customers' }),
    parentCheck(surveys, { entity: 'credit-applications', field: 'creditNoteId', parents: 'credit-notes' }),
    parentCheck(surveys, { entity: 'credit-applications', field: 'invoiceId', parents: 'invoices' }),
    parentCheck(surveys, { entity: 'refunds', field: 'creditNoteId', parents: 'credit-notes' }),
  ];
}

function sumProblems(document: Invoice | CreditNote): string[] {
  const lines = sum(
    document.lines.map(({ quantity, unitPrice }) => money(decimal(quantity).times(unitPrice))),
  );
  const parts = decimal(document.subtotal)
    .minus(document.discountTotal)
    .plus(document.totalTax)
    .plus(document.adjustment);
  if (lines.minus(document.subtotal).abs().gt(SLACK))
    return [`${document.id}: the lines do not come to its subtotal`];
  if (parts.minus(document.total).abs().gt(SLACK))
    return [`${document.id}: the parts do not come to its total`];
  return [];
}
