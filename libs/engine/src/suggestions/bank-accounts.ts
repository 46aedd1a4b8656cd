import type { PaymentMode } from '../ports/crm.js';
import type { XeroReference } from '../ports/xero.js';
import type { Guess } from './guess.js';
import { mostSimilar } from './similar-names.js';

/**
 * The bank account of a payment mode, in the currency in which the organisation keeps its books. `made`: where none
 * has a similar name, one will be made.
 */
export function bankAccount(
  mode: Pick<PaymentMode, 'id' | 'name'>,
  { accounts, organisation }: XeroReference,
  made: boolean,
): Guess {
  const banks = accounts.filter(
    ({ active, type, currency }) =>
      active && type === 'BANK' && (currency ?? organisation.baseCurrency) === organisation.baseCurrency,
  );
  const named = mostSimilar(mode.name, banks);
  const found = named ?? (made ? undefined : banks[0]);
  const first = found
    ? `"${found.name}" is the first bank account in ${organisation.baseCurrency}`
    : 'no active bank account was found';
  const otherwise = made ? 'no bank account has a similar name; one is to be made in Xero' : first;
  const reason = named ? `the account "${named.name}" has a similar name` : otherwise;
  return { kind: 'payment-mode', key: mode.id, label: mode.name, value: found?.accountId ?? null, reason };
}
