import { type IssueEntry, listEntry, mapping, record } from './entry.js';

/** Taxes, and what an admin chooses in Xero for what the CRM has. */
export const MAPPING_ISSUES = {
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
  REFERENCE_REFUSED_BY_CRM: listEntry(
    'The CRM did not take these accounts of Xero into its lists: {entries}.',
    'Correct what it names, or make them in the CRM by hand and choose their account; it is tried again once a day and whenever a refresh is asked for.',
  ),
  REFERENCE_REFUSED_BY_XERO: listEntry(
    'Xero did not take a bank account for these payment modes: {entries}.',
    'Correct what it names, or make them in Xero by hand and choose them for the payment mode; it is tried again once a day and whenever a refresh is asked for.',
  ),
  MAPPING_REFUSED_BY_XERO: record(
    'Xero does not take the account or tax rate of this document: {reason}.',
    'Correct the mapping of the account or tax rate, then retry.',
  ),
} as const satisfies Record<string, IssueEntry>;
