import { type IssueEntry, record } from './entry.js';

/** Items. */
export const ITEM_ISSUES = {
  ITEM_CODE_TOO_LONG: record(
    'The item code "{code}" has {length} characters; Xero takes at most 30.',
    'Shorten the code in the CRM.',
  ),
  ITEM_NAME_MISSING: record('This item has no name.', 'Give the item a description in the CRM.'),
} as const satisfies Record<string, IssueEntry>;
