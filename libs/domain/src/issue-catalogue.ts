/** How much stands still because of an issue. */
export type IssueScope = 'record' | 'mapping' | 'entity' | 'organization';

/** What an admin is told of an issue: one plain sentence, and what to do. */
export interface IssueEntry {
  scope: IssueScope;
  /** `warning`: the record went through, and says so; `blocking`: it did not. */
  severity: 'blocking' | 'warning';
  /** One sentence; `{name}` is filled from the issue's facts. */
  title: string;
  /** What the reader can do about it. */
  advice: string;
}

const record = (title: string, advice: string): IssueEntry => ({
  scope: 'record',
  severity: 'blocking',
  title,
  advice,
});
const warning = (title: string, advice: string): IssueEntry => ({
  scope: 'record',
  severity: 'warning',
  title,
  advice,
});
const mapping = (title: string, advice: string): IssueEntry => ({
  scope: 'mapping',
  severity: 'blocking',
  title,
  advice,
});
const entity = (title: string, advice: string): IssueEntry => ({
  scope: 'entity',
  severity: 'blocking',
  title,
  advice,
});
const organization = (title: string, advice: string): IssueEntry => ({
  scope: 'organization',
  severity: 'blocking',
  title,
  advice,
});

/** Every problem that a person may be asked to resolve. Codes are stable: tools and letters refer to them. */
export const ISSUES = {
  // Customers
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
  // Items
  ITEM_CODE_TOO_LONG: record(
    'The item code "{code}" has {length} characters; Xero takes at most 30.',
    'Shorten the code in the CRM.',
  ),
  ITEM_NAME_MISSING: record('This item has no name.', 'Give the item a description in the CRM.'),
  // Taxes, mappings
  TAX_NOT_MAPPED: mapping(
    'The tax "{tax}" has no tax rate in Xero.',
    'Choose a Xero tax rate for it, or allow the service to create tax rates.',
  ),
  TAX_RATE_INVALID: record(
    'The tax "{tax}" cannot be expressed in Xero: {reason}.',
    'Correct the tax in the CRM.',
  ),
  ACCOUNT_NOT_MAPPED: mapping(
    'No account is chosen for {purpose}.',
    'Choose an account of the chart of accounts and save the mapping.',
  ),
  PAYMENT_MODE_NOT_MAPPED: mapping(
    'The payment mode "{mode}" has no bank account in Xero.',
    'Choose the bank account into which such payments go, and save the mapping.',
  ),
  EXPENSE_CATEGORY_NOT_MAPPED: mapping(
    'The expense category "{category}" has no account in Xero, and no account is chosen for expenses in general.',
    'Choose an account for the category or for all expenses, and save the mapping.',
  ),
  BANK_ACCOUNT_CURRENCY_DIFFERS: record(
    'This expense is in {currency}, but the bank account of its payment mode is in {held}.',
    'Give the expense a payment mode with a bank account in its currency, or enter it in Xero by hand.',
  ),
  MAPPING_REFUSED_BY_XERO: record(
    'Xero does not take the account or tax rate of this document: {reason}.',
    'Correct the mapping of the account or tax rate, then retry.',
  ),
  // Invoices
  INVOICE_DOES_NOT_ADD_UP: record(
    'The lines, discount, tax and adjustment of this document come to {computed}, but its total is {total}.',
    'Open it in the CRM, save it again so that it is recomputed, and check its total.',
  ),
  INVOICE_TAX_DOES_NOT_ADD_UP: record(
    'The taxes of the lines come to {computed}, but the tax of this document is {tax}.',
    'Open it in the CRM, save it again so that it is recomputed, and check its tax.',
  ),
  INVOICE_WITHOUT_LINES: record(
    'This document has no line that is charged.',
    'Add a line in the CRM, or delete the document.',
  ),
  INVOICE_TOTAL_NEGATIVE: record(
    'The total of this document is {total}; Xero takes none below zero, and no expense of nothing.',
    'Make an invoice below zero a credit note in the CRM; correct or delete anything else.',
  ),
  INVOICE_NUMBER_TAKEN: record(
    'Xero already has another document of this kind with the number {number}: {difference}.',
    'Change the number of one of the two.',
  ),
  INVOICE_HAS_CREDITS: warning(
    'Credits of {credited} are applied to this invoice in the CRM; they are not in Xero yet.',
    'Let credit notes and their applications flow into Xero, or enter the credit note there by hand; the invoice itself is in Xero.',
  ),
  INVOICE_CANCELLED_IN_CRM: warning(
    'This document is cancelled in the CRM but still stands in Xero.',
    'Void it in Xero if it should not count, then retry.',
  ),
  GONE_FROM_CRM: warning(
    'This record {reason} but still stands in Xero.',
    'Void, delete or archive it in Xero if it should not count, then retry. If it was entered in the CRM anew as it was, the new one takes its place by itself.',
  ),
  INVOICE_LOCKED_BY_PAYMENT: record(
    'Amounts of this invoice were changed in the CRM after a payment or credit was applied to it in Xero, which forbids that.',
    'Undo the change in the CRM; or remove the payment or credit from the invoice in Xero, retry, and apply it again in Xero.',
  ),
  DATE_LOCKED: record(
    'The date {date} lies in a period that is locked in Xero until {lockDate}.',
    'Ask the accountant to move the lock date in Xero, or change the date in the CRM; then retry.',
  ),
  CURRENCY_NOT_ENABLED: record(
    'The currency {currency} is not enabled in Xero.',
    'Add the currency in Xero (Settings, Currencies), then retry.',
  ),
  XERO_TOTAL_DIFFERS: record(
    'Xero computed {xero} where the CRM has {crm}.',
    'Compare the two documents and correct the one that is wrong; do not leave it.',
  ),
  APPROVAL_RIGHT_MISSING: entity(
    'Xero saves documents as drafts although they are sent as approved: the connected user may not approve them.',
    'Let a user with the right to approve sales invoices connect Xero, approve the drafts in Xero, then retry.',
  ),
  // Payments
  PAYMENT_EXCEEDS_DUE: record(
    'This payment of {amount} is above what is still due on its invoice in Xero.',
    'Compare the payments of the invoice on both sides; record the excess as an overpayment in Xero, or correct the amount.',
  ),
  PAYMENT_INVOICE_NOT_APPROVED: record(
    'The invoice or credit note of this payment or credit is not approved in Xero: it is a draft there, or was voided.',
    'Approve it in Xero, then retry.',
  ),
  PAYMENT_CHANGED: record(
    'This payment was changed in the CRM after it was posted; Xero lets nobody edit a payment.',
    'Undo the change in the CRM; or delete the payment in Xero and in the CRM, and enter the right one in the CRM.',
  ),
  CREDIT_APPLICATION_CHANGED: record(
    'This application of a credit note was changed in the CRM after it was posted; Xero lets nobody edit one.',
    'Undo the change in the CRM, or take the credit off the invoice in Xero and apply the changed one there by hand.',
  ),
  RECONCILED_IN_XERO: record(
    'Xero lets nobody change or delete this record: it is reconciled with a bank statement, or paid with others in one batch.',
    'Undo the reconciliation or the batch in Xero and retry, or leave it as it is there.',
  ),
  // Parents
  PARENT_NOT_SYNCED: record(
    'This record needs the {parent} {parentId}, which is not in Xero: {reason}.',
    'Resolve the problem of that record first; this one goes on by itself.',
  ),
  PARENT_MISSING: record(
    'This record refers to the {parent} {parentId}, which the CRM does not have.',
    'Correct the record in the CRM.',
  ),
  // From Xero to the CRM
  XERO_TAX_NOT_MAPPED: mapping(
    'The tax rate {taxType} of Xero stands for no tax of the CRM.',
    'Choose this tax rate for the tax of the CRM that it stands for, and save the mapping.',
  ),
  XERO_BANK_ACCOUNT_NOT_MAPPED: mapping(
    'No payment mode of the CRM goes into the bank account {accountId} of Xero.',
    'Choose this bank account for a payment mode, and save the mapping.',
  ),
  XERO_ACCOUNT_NOT_MAPPED: mapping(
    'No expense category of the CRM goes to the account {account} of Xero.',
    'Choose this account for an expense category, and save the mapping.',
  ),
  XERO_PARENT_NOT_LINKED: record(
    'This record of Xero belongs to a {parent} there that has no counterpart in the CRM.',
    'Let such records flow into the CRM, or enter it there; this one goes on by itself.',
  ),
  XERO_RECORD_NOT_EXPRESSIBLE: record(
    'This record of Xero cannot be expressed in the CRM: {reason}.',
    'Change it in Xero, or keep it there only.',
  ),
  // Either side
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
  // Both ways
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
  // Wider scopes
  MAPPINGS_NOT_CONFIRMED: organization(
    'The suggested accounts and tax rates are not confirmed yet, so nothing is posted.',
    'Review the suggestions and confirm them.',
  ),
  NEEDS_RECONNECT: organization(
    'Xero no longer accepts the connection: {reason}.',
    'Connect Xero again; settings and links are kept, and the waiting work goes on by itself.',
  ),
  XERO_OFFLINE: organization(
    'Xero says that the organisation is offline for maintenance.',
    'Nothing to do: it is tried again every few minutes.',
  ),
  XERO_UNREACHABLE: organization(
    'Xero does not answer at the moment: {reason}.',
    'Nothing to do: it is tried again every minute or more often.',
  ),
  XERO_DAY_LIMIT: organization(
    'The calls that Xero allows in a day are used up.',
    'Nothing to do: the work goes on when Xero allows it again, at {until}.',
  ),
  XERO_SCOPE_MISSING: organization(
    'The connection lacks a permission that is needed: {reason}.',
    'Connect Xero again and allow everything that is asked for.',
  ),
  CRM_UNREACHABLE: organization(
    'The CRM cannot be reached: {reason}.',
    'Check that the CRM runs and that its address and credentials are right; it is tried again every minute.',
  ),
  CRM_ADDRESS_REFUSED: organization(
    'The address of the CRM cannot be used: {reason}.',
    'Correct the address with PUT /v1/organizations/…/crm, or allow private addresses there; then it goes on.',
  ),
  CRM_ACCESS_REFUSED: organization(
    'The CRM does not let the service in: {reason}.',
    'Correct the key or password with PUT /v1/organizations/…/crm, or in the database the host that its user may come from; it is tried again every few minutes.',
  ),
  CRM_ANSWER_UNREADABLE: organization(
    'The CRM answered with something that is not the agreed form: {reason}.',
    'Check the address of the CRM and its version; the conformance command names what differs.',
  ),
  CRM_SCHEMA_UNKNOWN: organization(
    'The database does not look like Perfex CRM: {reason}.',
    'Check the database name, the table prefix and the rights of the database user.',
  ),
  CRM_REPLACED: organization(
    'The CRM was restored or set up anew: {reason}. Its ids may point at other records than before, so everything stands still.',
    'Bring back the data that was there, or lead the connection to where it is with PUT /v1/organizations/…/crm; then retry this code.',
  ),
  UNEXPECTED: record(
    'Something went wrong that should not: {reason}.',
    'Retry; if it happens again, report it with the reference {reference}.',
  ),
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
