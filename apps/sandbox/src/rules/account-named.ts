import { isId } from '../books/ids.js';
import type { Account } from '../books/records.js';
import type { RuleContext } from './context.js';
import { refuse } from '../wire/refusal.js';

interface AccountRef {
  readonly AccountID?: string | undefined;
  readonly Code?: string | undefined;
}

/** The active account that a reference names by its id, else by its code. */
export function accountNamed({ tenant }: RuleContext, sent: AccountRef | undefined): Account {
  const { AccountID: id, Code: code } = sent ?? {};
  const account =
    id && isId(id) ? tenant.accounts.get(id.toLowerCase()) : tenant.accounts.by('code', code ?? '')[0];
  if (!account) refuse('Account could not be found');
  if (account.status !== 'ACTIVE') refuse(`Account code '${account.code}' has been archived, or deleted.`);
  return account;
}

/** The account that a payment goes to or comes from. */
export function payingAccount(context: RuleContext, sent: AccountRef | undefined): Account {
  const account = accountNamed(context, sent);
  if (account.type === 'BANK' || account.enablePayments) return account;
  return refuse(`Account code '${account.code}' is not a bank account and is not enabled for payments`);
}

/** The bank account of a bank transaction. */
export function bankAccountNamed(context: RuleContext, sent: AccountRef | undefined): Account {
  if (!sent?.AccountID && !sent?.Code)
    refuse('A Bank Account must be specified for this type of transaction');
  const account = accountNamed(context, sent);
  if (account.type === 'BANK') return account;
  return refuse(`Account code '${account.code}' is not a valid bank account`);
}
