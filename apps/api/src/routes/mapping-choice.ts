import type { Mapping, XeroReference } from '@sync/engine';

/** Which field of a choice is wrong, and why. */
export interface ChoiceFault {
  field: 'key' | 'value';
  detail: string;
}

const NO_ACCOUNT: ChoiceFault = {
  field: 'value',
  detail: 'is no code of an active account of this organisation',
};

const accountPurposes = ['sales', 'rounding', 'expenses'];

/** What of the CRM a choice is for. */
const NAMES: Readonly<Record<Exclude<Mapping['kind'], 'account'>, string>> = {
  tax: 'tax',
  'purchase-tax': 'tax',
  'payment-mode': 'payment mode',
  'expense-category': 'expense category',
};

type Choice = Pick<Mapping, 'kind' | 'key'> & { value: string };

/** What choices are checked against. */
export interface ChoiceGround {
  reference: XeroReference;
  /** What there is to choose for: suggested before, or asked for by an issue. */
  known: readonly Pick<Mapping, 'kind' | 'key'>[];
}

function faultOfKey({ kind, key }: Choice, { known }: ChoiceGround): ChoiceFault | null {
  if (kind === 'account') {
    if (accountPurposes.includes(key)) return null;
    return { field: 'key', detail: `is no purpose of an account; those are ${accountPurposes.join(', ')}` };
  }
  if (known.some((mapping) => mapping.kind === kind && mapping.key === key)) return null;
  return {
    field: 'key',
    detail: `is no ${NAMES[kind]} that came up in the CRM; take a key from GET …/mappings, or from the issue that asks for it`,
  };
}

function faultOfAccount({ key, value }: Choice, { accounts }: XeroReference): ChoiceFault | null {
  if (key === 'expenses') return faultOfExpenses(value, accounts);
  const account = accounts.find(({ code }) => code === value);
  return account?.active ? null : NO_ACCOUNT;
}

function faultOfTax({ kind, value }: Choice, { taxRates }: XeroReference): ChoiceFault | null {
  const rate = taxRates.find(({ taxType }) => taxType === value);
  if (!rate?.active)
    return { field: 'value', detail: 'is no TaxType of an active tax rate of this organisation' };
  const bought = kind === 'purchase-tax';
  if (bought ? rate.appliesToExpenses : rate.appliesToRevenue) return null;
  return {
    field: 'value',
    detail: `is a tax rate that Xero does not take for ${bought ? 'purchases' : 'sales'}`,
  };
}

/** An expense is booked on an account that takes costs, never on a bank account or one of Xero's own. */
function faultOfExpenses(value: string, accounts: XeroReference['accounts']): ChoiceFault | null {
  const account = accounts.find(({ code }) => code === value);
  if (!account?.active) return NO_ACCOUNT;
  if (account.type !== 'BANK' && account.systemAccount === null) return null;
  return { field: 'value', detail: 'is an account that takes no expenses; choose another one' };
}

/** Xero books a payment into a bank account, or into one on which payments are enabled. */
function faultOfPaymentMode({ value }: Choice, { accounts }: XeroReference): ChoiceFault | null {
  const account = accounts.find(({ accountId }) => accountId === value);
  if (!account?.active)
    return { field: 'value', detail: 'is no AccountID of an active account of this organisation' };
  if (account.type === 'BANK' || account.takesPayments) return null;
  return { field: 'value', detail: 'is an account that takes no payments; choose a bank account' };
}

function faultOfValue(choice: Choice, reference: XeroReference): ChoiceFault | null {
  switch (choice.kind) {
    case 'account':
      return faultOfAccount(choice, reference);
    case 'expense-category':
      return faultOfExpenses(choice.value, reference.accounts);
    case 'tax':
    case 'purchase-tax':
      return faultOfTax(choice, reference);
    case 'payment-mode':
      return faultOfPaymentMode(choice, reference);
  }
}

/** Why this choice is for nothing, or would be refused by Xero; null if nothing speaks against it. */
export function faultOfChoice(choice: Choice, ground: ChoiceGround): ChoiceFault | null {
  return faultOfKey(choice, ground) ?? faultOfValue(choice, ground.reference);
}
