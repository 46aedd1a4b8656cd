import type { PaymentMode, ReferenceKind } from '../ports/crm.js';
import type { Mapping } from '../ports/mappings.js';
import type { XeroAccount, XeroReference } from '../ports/xero.js';
import { NO_PAYMENT_MODE } from '../purchases.js';
import { bankAccount } from '../suggestions/bank-accounts.js';
import { ACCOUNT_SOURCES, type AccountSource, bankAccounts, type CrmLists } from './account-sources.js';
import { addsToCrm, type ReferenceSettings } from './flows.js';
import { isSameName } from './same-name.js';

/** What there is on both sides, and what was chosen. */
export interface ReferenceState {
  settings: ReferenceSettings;
  reference: XeroReference;
  crm: CrmLists;
  mappings: readonly Mapping[];
}

/** An account of Xero that is to get an entry in the CRM. */
export interface Addition {
  kind: ReferenceKind;
  account: XeroAccount;
  /** What the mapping to it will hold. */
  value: string;
}

/** What is to be done. */
export interface ReferencePlan {
  /** Entries of the CRM that bear the name of an account: they are it. */
  confirmed: Mapping[];
  additions: Addition[];
  /** Payment modes for which a bank account is made. */
  newAccounts: PaymentMode[];
}

/** Decides what flows; where nothing is left to do, nothing. */
export function planReference(state: ReferenceState): ReferencePlan {
  const plan: ReferencePlan = { confirmed: [], additions: [], newAccounts: [] };
  for (const source of ACCOUNT_SOURCES) {
    if (addsToCrm(state.settings, source.kind)) planEntries(plan, source, state);
  }
  if (state.settings.createBankAccounts) planAccounts(plan, state);
  return plan;
}

function planEntries(plan: ReferencePlan, source: AccountSource, state: ReferenceState): void {
  const { kind, valueOf } = source;
  for (const account of source.accounts(state.reference.accounts)) {
    const value = valueOf(account);
    if (value === null) continue;
    const naming = state.mappings.filter((one) => one.kind === kind && one.value === value && isEntry(one));
    if (naming.some(({ source: chosen }) => chosen === 'confirmed')) continue;
    const same = source.entries(state.crm).find(({ name }) => isSameName(name, account.name));
    if (same) takeEntry(plan, state, { kind, key: same.id, label: same.name, value, account });
    // A suggestion names it: that is for a person to confirm or to change.
    else if (naming.length === 0) plan.additions.push({ kind, account, value });
  }
}

/** Expenses without a payment mode can be mapped, but are no mode of the CRM. */
function isEntry({ kind, key }: Mapping): boolean {
  return kind !== 'payment-mode' || key !== NO_PAYMENT_MODE;
}

interface Match extends Pick<Mapping, 'kind' | 'key' | 'label'> {
  value: string;
  account: XeroAccount;
}

/** One that a person gave to another account stays there. */
function takeEntry(plan: ReferencePlan, { mappings }: ReferenceState, match: Match): void {
  const known = [...plan.confirmed, ...mappings].find(
    ({ kind, key }) => kind === match.kind && key === match.key,
  );
  if (known?.source === 'confirmed' && known.value !== null) return;
  const { account, ...mapping } = match;
  plan.confirmed.push({ ...mapping, source: 'confirmed', reason: sameNameReason(account) });
}

/** A name that Xero has already, archived or of another type, is not asked for: Xero would refuse it each time. */
function planAccounts(plan: ReferencePlan, state: ReferenceState): void {
  for (const mode of state.crm.paymentModes.filter(({ active }) => active)) {
    const same = state.reference.accounts.filter(({ name }) => isSameName(name, mode.name));
    const [bank] = bankAccounts(same);
    const match = { kind: 'payment-mode', key: mode.id, label: mode.name } as const;
    if (bank) takeEntry(plan, state, { ...match, value: bank.accountId, account: bank });
    else if (same.length === 0 && !hasAccount(state, mode)) plan.newAccounts.push(mode);
  }
}

/** One that a person chose, or one of a similar name, which is for a person to confirm. */
function hasAccount({ mappings, reference }: ReferenceState, mode: PaymentMode): boolean {
  const chosen = mappings.some(
    ({ kind, key, value, source }) =>
      kind === 'payment-mode' && key === mode.id && value !== null && source === 'confirmed',
  );
  return chosen || bankAccount(mode, reference, true).value !== null;
}

/** Why an entry stands for an account. */
export function sameNameReason({ name }: XeroAccount): string {
  return `the account "${name}" has the same name`;
}
