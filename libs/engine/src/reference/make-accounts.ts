import type { EngineParts } from '../drain/context.js';
import type { PaymentMode } from '../ports/crm.js';
import type { Organization } from '../ports/organizations.js';
import type { NewBankAccount, XeroAccount } from '../ports/xero.js';
import type { ReferenceFlow } from './reference-flow.js';
import { sameNameReason } from './plan.js';
import type { Refused } from './tell-refused.js';

/** Makes a bank account in Xero for each of these payment modes, and maps it. Returns what Xero refused. */
export async function makeAccounts(
  parts: EngineParts,
  { organization, session, reference }: Pick<ReferenceFlow, 'organization' | 'session' | 'reference'>,
  modes: readonly PaymentMode[],
): Promise<Refused[]> {
  const { stores, clock, log } = parts;
  const refused: Refused[] = [];
  const accounts = [...reference.accounts];
  for (const mode of modes) {
    const result = await session.addBankAccount(newAccount(parts, organization, mode));
    if (result.state === 'refused') {
      const { code, meta, message } = result.error;
      const named = { code: code ?? 'REFUSED_BY_XERO', meta: { reason: message, ...meta } } as const;
      refused.push({ entry: `payment mode "${mode.name}"`, ...named });
      const facts = { organizationId: organization.id, paymentMode: mode.id, code, meta };
      log.warn(facts, 'Xero did not take a bank account for a payment mode');
      continue;
    }
    accounts.push(result.account);
    await stores.organizations.saveReference(organization.id, { ...reference, accounts }, clock.now());
    await stores.mappings.save(organization.id, [mappingOf(mode, result.account)]);
  }
  return refused;
}

/** The number is a placeholder that says where it comes from: no payment mode has one, and Xero insists. */
function newAccount(
  { xero }: EngineParts,
  { id, xeroConnection }: Organization,
  mode: PaymentMode,
): NewBankAccount {
  return {
    name: mode.name,
    number: `CRM-${mode.id}`,
    idempotencyKey: xero.idempotencyKey(xeroConnection, `bank-account:${id}:${mode.id}`),
  };
}

function mappingOf(mode: PaymentMode, account: XeroAccount) {
  return {
    kind: 'payment-mode',
    key: mode.id,
    label: mode.name,
    value: account.accountId,
    source: 'confirmed',
    reason: sameNameReason(account),
  } as const;
}
