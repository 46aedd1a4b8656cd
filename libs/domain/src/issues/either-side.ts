import { type IssueEntry, record } from './entry.js';

/** What the CRM or Xero did not take, or gave in a form that cannot be read. */
export const EITHER_SIDE_ISSUES = {
  RECORD_INVALID: record(
    'The CRM gave a record that cannot be read: {reason}.',
    'Correct the record in the CRM, then retry.',
  ),
  REFUSED_BY_XERO: record(
    'Xero refused this record: {reason}',
    'Correct what Xero names in the CRM or in Xero, then retry.',
  ),
  REFUSED_BY_CRM: record(
    'The CRM refused what comes from Xero: {reason}.',
    'Correct in Xero or in the CRM what it names, then retry.',
  ),
  CRM_RECORD_KEEPS_CHANGING: record(
    'What comes from Xero cannot be written: the CRM says each time that the record was changed meanwhile.',
    'Retry when nobody works on the record; if it stays so, the CRM holds it in another form than it gives out: tell whoever looks after the CRM.',
  ),
  CRM_WRITE_NOT_ALLOWED: record(
    'The database user may not write what comes from Xero: it lacks {missing}.',
    'Give the user these rights (docs/perfex-writes.md has the statements), then retry.',
  ),
  CRM_TABLES_WITHOUT_TRANSACTIONS: record(
    'Nothing is written into the CRM, since these tables of it know no transactions: {tables}.',
    'Convert them to InnoDB (alter table … engine=InnoDB), then retry.',
  ),
  DUPLICATE_CLAIM: record(
    'Another record of the CRM is already linked to the same record of Xero.',
    'Decide which of the two is right and delete the other in the CRM; the right one then goes on by itself.',
  ),
} as const satisfies Record<string, IssueEntry>;
