import { type IssueEntry, mapping, record } from './entry.js';

/** Records on their way from Xero to the CRM. */
export const FROM_XERO_ISSUES = {
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
} as const satisfies Record<string, IssueEntry>;
