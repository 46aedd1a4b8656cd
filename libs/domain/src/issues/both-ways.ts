import { type IssueEntry, record, warning } from './entry.js';

/** Records that both sides may change. */
export const BOTH_WAYS_ISSUES = {
  RECORD_CONFLICT: record(
    'This record was changed in the CRM and in Xero, and differently: {fields}.',
    'Choose for each field which side is right; until then nothing of this record is written.',
  ),
  CHANGED_IN_XERO: warning(
    'This record was changed in Xero ({fields}), and such changes do not flow into the CRM.',
    'Make the same change in the CRM, or undo it in Xero.',
  ),
  CHANGED_IN_CRM: warning(
    'This record was changed in the CRM ({fields}), and such changes do not flow into Xero.',
    'Make the same change in Xero, or undo it in the CRM.',
  ),
  GONE_FROM_XERO: warning(
    'This record is {status} in Xero but still stands in the CRM.',
    'Cancel or delete it in the CRM if it should not count.',
  ),
  VOID_TO_DECIDE: warning(
    'This record is gone from {side} ({reason}) and still stands in {other}.',
    'Decide whether it is taken out there, too, or stays as it is.',
  ),
  PARENT_NOT_IN_CRM: record(
    'This record of Xero names the {parent} {parentId} of Xero, which is not in the CRM: {reason}.',
    'Resolve the problem of that record first, or make it in the CRM; this one goes on by itself.',
  ),
  EXISTS_IN_CRM: record(
    'The CRM already has "{name}", which is linked to nothing in Xero, so this record of Xero is not made there anew.',
    'Give both the same tax number, e-mail address or number if they are one, or change the name of one of them.',
  ),
  MASS_CHANGE_HELD: record(
    'This record would be voided, deleted or changed in its amounts with others, {count} within an hour. They are held.',
    'Look at some of them; confirm if that is meant, or undo it where it was done.',
  ),
} as const satisfies Record<string, IssueEntry>;
