import { decimal, NO_TAX_KEY, type Tax, taxSetKey, taxSetName, taxSetRate } from '@sync/domain';
import type { PaymentMode } from './ports/crm.js';
import type { Mapping } from './ports/stores.js';
import type { XeroAccount, XeroReference, XeroTaxRate } from './ports/xero.js';

/** What suggestions are made from. */
export interface SuggestionInput {
  reference: XeroReference;
  paymentModes: readonly PaymentMode[];
  taxes: readonly Tax[];
}

/**
 * Mappings guessed from the chart of accounts, each with its reason; a person confirms them before anything is posted.
 * Where nothing fits, the value is null: a gap that is seen beats a guess that is not.
 */
export function suggestMappings({ reference, paymentModes, taxes }: SuggestionInput): Mapping[] {
  return [
    salesAccount(reference.accounts),
    roundingAccount(reference.accounts),
    noTax(reference.taxRates),
    ...taxes.map((tax) => taxRate(tax, reference.taxRates)),
    ...paymentModes.map((mode) => bankAccount(mode, reference)),
  ];
}

function suggestion(mapping: Omit<Mapping, 'source'>): Mapping {
  return { ...mapping, source: 'suggested' };
}

function salesAccount(accounts: readonly XeroAccount[]): Mapping {
  const usable = accounts.filter((account) => isPostable(account) && account.class === 'REVENUE');
  const found =
    usable.find(({ type, name }) => type === 'SALES' || /\bsales\b/i.test(name)) ??
    usable.find(({ type }) => type === 'REVENUE') ??
    usable[0];
  const reason = found ? `the revenue account "${found.name}"` : 'no active revenue account was found';
  return suggestion({ kind: 'account', key: 'sales', label: 'Sales', value: found?.code ?? null, reason });
}

function roundingAccount(accounts: readonly XeroAccount[]): Mapping {
  const found = accounts.find(
    ({ active, systemAccount, code }) => active && systemAccount === 'ROUNDING' && code,
  );
  const reason = found ? `Xero's own rounding account "${found.name}"` : 'the chart has no rounding account';
  const label = 'Rounding differences';
  return suggestion({ kind: 'account', key: 'rounding', label, value: found?.code ?? null, reason });
}

function noTax(rates: readonly XeroTaxRate[]): Mapping {
  const free = rates.filter(({ active, appliesToRevenue, effectiveRate }) => {
    return active && appliesToRevenue && decimal(effectiveRate).isZero();
  });
  const found = free.find(({ taxType }) => taxType === 'NONE') ?? free[0];
  const reason = found ? `the rate "${found.name}" of 0 %` : 'no rate of 0 % was found';
  return suggestion({ kind: 'tax', key: NO_TAX_KEY, label: 'No tax', value: found?.taxType ?? null, reason });
}

/** A rate with the same parts is the same tax; a rate that only comes to the same percent is worth a proposal. */
function taxRate({ components }: Tax, rates: readonly XeroTaxRate[]): Mapping {
  const key = taxSetKey(components);
  const usable = rates.filter(({ active, appliesToRevenue }) => active && appliesToRevenue);
  const same = usable.find((rate) => taxSetKey(rate.components) === key);
  const percent = taxSetRate(components);
  const alike = usable.filter(
    ({ effectiveRate, taxType }) => decimal(effectiveRate).equals(percent) && taxType !== 'NONE',
  );
  const found = same ?? (alike.length === 1 ? alike[0] : undefined);
  const reason = same
    ? `the rate "${same.name}" has the same parts`
    : found
      ? `"${found.name}" is the only rate of ${percent} %`
      : `no rate of ${percent} % was found for certain`;
  return suggestion({
    kind: 'tax',
    key,
    label: taxSetName(components),
    value: found?.taxType ?? null,
    reason,
  });
}

function bankAccount(mode: PaymentMode, { accounts, organisation }: XeroReference): Mapping {
  const banks = accounts.filter(
    ({ active, type, currency }) =>
      active && type === 'BANK' && (currency ?? organisation.baseCurrency) === organisation.baseCurrency,
  );
  const named = banks.find(({ name }) => sharesWord(name, mode.name));
  const found = named ?? banks[0];
  const reason = named
    ? `the account "${named.name}" has a similar name`
    : found
      ? `"${found.name}" is the first bank account in ${organisation.baseCurrency}`
      : 'no active bank account was found';
  return suggestion({
    kind: 'payment-mode',
    key: mode.id,
    label: mode.name,
    value: found?.accountId ?? null,
    reason,
  });
}

function isPostable({ active, systemAccount, code }: XeroAccount): boolean {
  return active && systemAccount === null && code !== null;
}

/** "Bank" and "account" are in every name and tell nothing. */
function sharesWord(a: string, b: string): boolean {
  const words = (text: string) =>
    new Set(
      text
        .toLowerCase()
        .match(/\p{L}{4,}/gu)
        ?.filter((word) => word !== 'bank' && word !== 'account'),
    );
  const held = words(a);
  return [...words(b)].some((word) => held.has(word));
}
