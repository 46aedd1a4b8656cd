import { canonicalHash, type Json } from '@sync/domain';
import type { Problem } from '../definition.js';
import type { ClaimedOperation, Outcome, WriteBatchMember } from '../ports/stores.js';
import type { MemberResult, WriteAction, XeroDerived, XeroRecord } from '../ports/xero.js';

/** What is known of a record before its call was made, and is needed to commit it afterwards. */
export type Intent = Pick<
  WriteBatchMember,
  | 'label'
  | 'crmOwned'
  | 'birthMark'
  | 'expected'
  | 'adjusted'
  | 'warnings'
  | 'kept'
  | 'untouched'
  | 'renew'
  | 'basis'
>;

/** The outcome of a record that Xero took. */
export function writtenOutcome(request: {
  operation: ClaimedOperation;
  action: WriteAction | 'link' | 'pull';
  intent: Intent;
  xero: XeroRecord;
  codecVersion: number;
  detail: { readonly [key: string]: Json };
  takesFrom?: readonly string[];
}): Extract<Outcome, { kind: 'written' }> {
  const { operation, action, intent, xero, codecVersion, detail, takesFrom } = request;
  const { taxCents, roundingCents } = intent.adjusted;
  const unseen = unseenChanges(intent, xero.owned);
  return {
    operation,
    kind: 'written',
    action,
    xero: { ...xero, owned: { ...asAgreed(xero.owned, intent.kept ?? {}), ...unseen } },
    crmOwned: intent.crmOwned,
    label: intent.label,
    birthMark: intent.birthMark,
    codecVersion,
    detail: { ...detail, ...(taxCents ? { taxCents } : {}), ...(roundingCents ? { roundingCents } : {}) },
    warnings: intent.warnings,
    problem: differenceFrom(intent.expected, xero.derived),
    ...basisIn(intent),
    ...(Object.keys(unseen).length > 0 ? { more: true } : {}),
    ...(intent.renew ? { renew: true, more: true } : {}),
    ...(takesFrom ? { takesFrom } : {}),
  };
}

/** What was left as Xero had it is agreed as it was before. */
function asAgreed(owned: XeroRecord['owned'], kept: NonNullable<Intent['kept']>): XeroRecord['owned'] {
  const left = Object.entries(kept).filter(([field, { is }]) => equal(owned[field] ?? null, is));
  return { ...owned, ...Object.fromEntries(left.map(([field, { was }]) => [field, was])) };
}

/**
 * What was agreed of fields that somebody changed in Xero before our call came, which nobody had read yet: that stays
 * agreed, or the change would count as ours, and never reach the CRM.
 */
function unseenChanges({ untouched, kept }: Intent, owned: XeroRecord['owned']): { [field: string]: Json } {
  const changed = Object.entries(untouched ?? {}).filter(([field, was]) => {
    const now = owned[field];
    return now !== undefined && kept?.[field] === undefined && !equal(now, was);
  });
  return Object.fromEntries(changed);
}

function equal(a: Json, b: Json): boolean {
  return canonicalHash({ value: a }) === canonicalHash({ value: b });
}

/** What Xero made differently from what was asked for; null: the books agree to the cent. */
export function differenceFrom(expected: Partial<XeroDerived>, derived: XeroDerived): Problem | null {
  if (expected.status === 'approved' && (derived.status === 'draft' || derived.status === 'submitted')) {
    return { code: 'APPROVAL_RIGHT_MISSING', meta: {} };
  }
  for (const field of ['total', 'tax'] as const) {
    const [crm, xero] = [expected[field], derived[field]];
    if (crm !== undefined && xero !== undefined && crm !== xero) {
      return {
        code: 'XERO_TOTAL_DIFFERS',
        meta: { crm: `a ${field} of ${crm}`, xero: `a ${field} of ${xero}` },
      };
    }
  }
  return null;
}

/**
 * Refusals that a fresh look at Xero may explain: somebody else, or we ourselves, took the name or number before, or
 * entered the payment.
 */
const WORTH_ANOTHER_LOOK = new Set([
  'CUSTOMER_NAME_TAKEN',
  'INVOICE_NUMBER_TAKEN',
  'DUPLICATE_CLAIM',
  'PAYMENT_EXCEEDS_DUE',
]);

/** The outcome of a record that Xero refused. The first refusal over a taken key leads to a look at who has it. */
export function refusedOutcome(
  operation: ClaimedOperation,
  intent: Pick<Intent, 'label' | 'basis'>,
  { error }: Extract<MemberResult, { state: 'refused' }>,
  now: Date,
): Outcome {
  const code = error.code ?? 'REFUSED_BY_XERO';
  if (operation.attempts === 0 && WORTH_ANOTHER_LOOK.has(code)) {
    return { operation, kind: 'again', dueAt: now, reason: code, free: false };
  }
  const meta = { reason: error.message, ...error.meta };
  return { operation, kind: 'parked', code, meta, label: intent.label, ...basisIn(intent) };
}

function basisIn({ basis }: Pick<Intent, 'basis'>): Pick<Intent, 'basis'> {
  return basis === undefined ? {} : { basis };
}
