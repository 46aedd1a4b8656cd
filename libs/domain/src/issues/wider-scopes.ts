import { type IssueEntry, organization, record } from './entry.js';

/** Problems that stop more than one record, and the one that nobody foresaw. */
export const WIDER_SCOPE_ISSUES = {
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
