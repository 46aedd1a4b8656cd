import type { PaymentMode } from '../ports/crm.js';
import type { XeroReference } from '../ports/xero.js';
import type { Guess } from './guess.js';
import { mostSimilar } from './similar-names.js';

/** The bank account of a payment mode, in the currency in which the organisation keeps its books. */
export function bankAccount(
  mode: Pick<PaymentMode, 'id' | 'name'>,
  { accounts, organisation }: XeroReference,
): Guess {
  const banks = accounts.filter(
    ({ active, type, currency }) =>
      active && type === 'BANK' && (currency ?? organisation.baseCurrency) === organisation.baseCurrency,
  );
  const named = mostSimilar(mode.name, banks);
  const found = named ?? banks[0];
  const reason = named
    ? `the account "${named.name}" has a similar name`
    : found
      ? `"${found.name}" is the first bank account in ${organisation.baseCurrency}`
      : 'no active bank account was found';
  return { kind: 'payment-mode', key: mode.id, label: mode.name, value: found?.accountId ?? null, reason };
}
