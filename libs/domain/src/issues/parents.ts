import { type IssueEntry, record } from './entry.js';

/** Records that need others which are not in Xero. */
export const PARENT_ISSUES = {
  PARENT_NOT_SYNCED: record(
    'This record needs the {parent} {parentId}, which is not in Xero: {reason}.',
    'Resolve the problem of that record first; this one goes on by itself.',
  ),
  PARENT_MISSING: record(
    'This record refers to the {parent} {parentId}, which the CRM does not have.',
    'Correct the record in the CRM.',
  ),
} as const satisfies Record<string, IssueEntry>;
