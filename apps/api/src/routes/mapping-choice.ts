import type { Mapping, XeroReference } from '@sync/engine';

/** Which field of a choice is wrong, and why. */
export interface ChoiceFault {
  field: 'key' | 'value';
  detail: string;
}

const accountPurposes = ['sales', 'rounding'];

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
  const what = kind === 'tax' ? 'tax' : 'payment mode';
  return {
    field: 'key',
    detail: `is no ${what} that came up in the CRM; take a key from GET …/mappings, or from the issue that asks for it`,
  };
}

function faultOfAccount({ value }: Choice, { accounts }: XeroReference): ChoiceFault | null {
  const account = accounts.find(({ code }) => code === value);
  if (account?.active) return null;
  return { field: 'value', detail: 'is no code of an active account of this organisation' };
}

function faultOfTax({ value }: Choice, { taxRates }: XeroReference): ChoiceFault | null {
  const rate = taxRates.find(({ taxType }) => taxType === value);
  if (!rate?.active)
    return { field: 'value', detail: 'is no TaxType of an active tax rate of this organisation' };
  if (!rate.appliesToRevenue)
    return { field: 'value', detail: 'is a tax rate that Xero does not take for sales' };
  return null;
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
    case 'tax':
      return faultOfTax(choice, reference);
    case 'payment-mode':
      return faultOfPaymentMode(choice, reference);
  }
}

/** Why this choice is for nothing, or would be refused by Xero; null if nothing speaks against it. */
export function faultOfChoice(choice: Choice, ground: ChoiceGround): ChoiceFault | null {
  return faultOfKey(choice, ground) ?? faultOfValue(choice, ground.reference);
}
