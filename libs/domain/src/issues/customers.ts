import { type IssueEntry, record } from './entry.js';

/** Customers and vendors. */
export const CUSTOMER_ISSUES = {
  CUSTOMER_NAME_MISSING: record(
    'This customer or vendor has neither a company name nor a contact person, and Xero needs a name.',
    'Give it a company name or a primary contact in the CRM.',
  ),
  CUSTOMER_NAME_TAKEN: record(
    'Xero already has a contact named "{name}", and nothing but the name says that it is this customer or vendor.',
    'Give both the same tax number or e-mail address if they are one, or change the name of one of them.',
  ),
  CUSTOMER_MATCH_AMBIGUOUS: record(
    'Several contacts in Xero could be this customer or vendor.',
    'Merge the duplicates in Xero, or make the tax number or e-mail address of the right one unique.',
  ),
  CONTACT_ARCHIVED: record(
    'The contact of this customer or vendor is archived in Xero, and Xero refuses documents for it.',
    'Restore the contact in Xero, then retry.',
  ),
} as const satisfies Record<string, IssueEntry>;
