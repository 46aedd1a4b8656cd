import type { Currency } from '../books/records.js';
import type { CurrencyInput } from '../wire/inputs.js';
import { mayUser, organisationOf, type RuleContext } from './context.js';
import { refuse } from '../wire/refusal.js';

// Units of each currency for one US dollar: plausible and fixed, so that runs repeat.
const perDollar: Readonly<Record<string, number>> = {
  USD: 1,
  EUR: 0.92,
  GBP: 0.78,
  AUD: 1.52,
  NZD: 1.66,
  CAD: 1.37,
  MYR: 4.45,
  SGD: 1.34,
  CHF: 0.88,
  JPY: 151,
  INR: 84,
  AED: 3.67,
  ZAR: 18,
  SEK: 10.6,
  NOK: 10.9,
  DKK: 6.86,
  PLN: 3.95,
  HKD: 7.8,
  THB: 34.5,
  PHP: 57.5,
};

/** PUT: enables a currency. */
export function enableCurrency(context: RuleContext, input: CurrencyInput): Currency {
  const code = input.Code?.toUpperCase() ?? '';
  if (!/^[A-Z]{3}$/.test(code)) refuse(`Currency code '${input.Code ?? ''}' is not valid`);
  if (!mayUser(context, 'UseMulticurrency')) refuse('Organisation is not subscribed to multi-currency');
  const { currencies } = context.tenant;
  return (
    currencies.get(code) ??
    currencies.put({ id: code, updatedAt: context.books.stamp(), description: input.Description ?? code })
  );
}

/** The day's rate where the sender gave none: foreign units for one unit of the base currency, six decimals. */
export function dayRate(context: RuleContext, code: string): string {
  const { baseCurrency } = organisationOf(context);
  if (code === baseCurrency) return '1';
  return ((perDollar[code] ?? 1) / (perDollar[baseCurrency] ?? 1)).toFixed(6);
}
