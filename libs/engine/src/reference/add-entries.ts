import type { EngineParts } from '../drain/context.js';
import type { ReferenceKind } from '../ports/crm.js';
import type { ReferenceFlow } from './reference-flow.js';
import { type Addition, sameNameReason } from './plan.js';
import type { Refused } from './tell-refused.js';

const ENTRY_OF: Readonly<Record<ReferenceKind, string>> = {
  'expense-category': 'expense category',
  'payment-mode': 'payment mode',
};

/** Adds entries to the CRM's lists, each exactly once, and maps them. Returns whether the lists have changed, and what was refused. */
export async function addEntries(
  parts: EngineParts,
  flow: Pick<ReferenceFlow, 'organization' | 'crm' | 'signal'>,
  additions: readonly Addition[],
): Promise<{ added: boolean; refused: Refused[] }> {
  const { organization, crm } = flow;
  const closed = new Set<ReferenceKind>();
  const refused: Refused[] = [];
  let added = false;
  for (const addition of additions) {
    const { kind, account } = addition;
    if (closed.has(kind) || !crm.referenceWritable.includes(kind)) continue;
    const key = `${organization.id}:${account.accountId}`;
    const result = await crm.addReference({ kind, key, name: account.name }, flow.signal);
    if (result.state === 'added') {
      await mapEntry(parts, organization.id, addition, result.id);
      added = true;
      continue;
    }
    if (result.state === 'not-taken') closed.add(kind);
    const { code, meta } = result;
    refused.push({ entry: `${ENTRY_OF[kind]} "${account.name}"`, code, meta });
    const facts = { organizationId: organization.id, kind, accountId: account.accountId, code, meta };
    parts.log.warn(facts, 'the CRM did not take an account of Xero into its lists');
  }
  return { added, refused };
}

function mapEntry(
  { stores }: EngineParts,
  organizationId: string,
  { kind, account, value }: Addition,
  id: string,
): Promise<void> {
  const reason = sameNameReason(account);
  const mapping = { kind, key: id, label: account.name, value, source: 'confirmed', reason } as const;
  return stores.mappings.save(organizationId, [mapping]);
}
