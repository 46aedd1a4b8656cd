import { SyncError } from '@sync/domain';
import type { BankAccountResult, NewBankAccount, XeroAccount } from '../ports/xero.js';
import type { ScriptedXero } from './xero-script.js';

/** No two accounts have one name. */
export function addBankAccount(xero: ScriptedXero, asked: NewBankAccount): BankAccountResult {
  xero.bankAccounts.push(asked);
  const { bankAccountFate: fate, reference } = xero;
  const taken = reference.accounts.some(({ name }) => name.toLowerCase() === asked.name.toLowerCase());
  const error = fate instanceof SyncError ? fate : new SyncError('validation', 'Please enter a unique Name.');
  if (taken || fate instanceof SyncError) return { state: 'refused', error };
  const account = bankAccountOf(asked.name);
  xero.reference = { ...reference, accounts: [...reference.accounts, account] };
  if (fate === 'done untold') throw new SyncError('unknown-outcome', 'no answer came');
  return { state: 'added', account };
}

/** A bank account of this name. */
export function bankAccountOf(name: string): XeroAccount {
  return {
    accountId: `bank ${name}`,
    code: null,
    name,
    type: 'BANK',
    class: 'ASSET',
    active: true,
    systemAccount: null,
    takesPayments: true,
    currency: null,
  };
}
