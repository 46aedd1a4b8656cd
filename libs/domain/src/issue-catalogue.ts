import { BOTH_WAYS_ISSUES } from './issues/both-ways.js';
import { CUSTOMER_ISSUES } from './issues/customers.js';
import { DOCUMENT_ISSUES } from './issues/documents.js';
import { EITHER_SIDE_ISSUES } from './issues/either-side.js';
import { type IssueEntry } from './issues/entry.js';
import { FROM_XERO_ISSUES } from './issues/from-xero.js';
import { ITEM_ISSUES } from './issues/items.js';
import { MAPPING_ISSUES } from './issues/mappings.js';
import { PARENT_ISSUES } from './issues/parents.js';
import { PAYMENT_ISSUES } from './issues/payments.js';
import { WIDER_SCOPE_ISSUES } from './issues/wider-scopes.js';

export type { IssueEntry, IssueScope } from './issues/entry.js';

/** Every problem that a person may be asked to resolve. Codes are stable: tools and letters refer to them. */
export const ISSUES = {
  ...CUSTOMER_ISSUES,
  ...ITEM_ISSUES,
  ...MAPPING_ISSUES,
  ...DOCUMENT_ISSUES,
  ...PAYMENT_ISSUES,
  ...PARENT_ISSUES,
  ...FROM_XERO_ISSUES,
  ...EITHER_SIDE_ISSUES,
  ...BOTH_WAYS_ISSUES,
  ...WIDER_SCOPE_ISSUES,
} as const satisfies Record<string, IssueEntry>;

/** The stable code of a problem. */
export type IssueCode = keyof typeof ISSUES;

/** The entry of a code. */
export function issueEntry(code: IssueCode): IssueEntry {
  return ISSUES[code];
}

/** The sentence of an issue, with its facts filled in; a fact that is missing shows as `?`. */
export function issueTitle(code: IssueCode, meta: Readonly<Record<string, unknown>>): string {
  return ISSUES[code].title.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const fact = meta[name];
    return typeof fact === 'string' || typeof fact === 'number' ? String(fact) : '?';
  });
}
