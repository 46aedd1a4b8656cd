import { Decimal } from 'decimal.js';
import type { CreditNote } from '../books/records.js';
import { isUsed } from './balance.js';
import type { RuleContext } from './context.js';
import { checkPaidEdit, documentProblems, numberProblems } from './document-checks.js';
import { HAS_PAYMENT, isApproved } from './document-status.js';
import { lineRules } from './line-rules.js';
import { refuseIfLocked } from './lock-dates.js';
import { isNumberTaken } from './numbers.js';
import { refuse, refuseIfAny } from '../wire/refusal.js';

/** Refuses a credit note that must not be saved as it is; `before` is what it was, on an update. */
export function checkCreditNote(context: RuleContext, note: CreditNote, before?: CreditNote): void {
  const complete = note.status !== 'DRAFT';
  if (before && isUsed(before)) {
    if (before.contactId !== note.contactId) refuse(HAS_PAYMENT);
    checkPaidEdit(before, note);
  }
  if (isApproved(note.status)) refuseIfLocked(context, note.date);
  refuseIfAny([
    isNumberTaken(context, context.tenant.creditNotes, note) && 'Credit Note # must be unique.',
    ...numberProblems('Credit Note Number', note.number),
    ...documentProblems(context, note, { complete, rules: lineRules[note.type] }),
    complete &&
      new Decimal(note.total).isNegative() &&
      'The credit note total must be greater than or equal to zero',
  ]);
}
