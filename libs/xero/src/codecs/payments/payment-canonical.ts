import type { Payment } from '@sync/domain';
import { type BackReferences, NO_PAYMENT_MODE, type XeroRecord } from '@sync/engine';
import { inexpressible, keptNumber, keptText, ownedText } from '../canonical.js';
import { type Refusal, refuse } from '../codec.js';

type Settled = Pick<Payment, 'date' | 'amount' | 'currency'>;

/** When and how much a payment or an allocation is, in the CRM's terms. */
export function settledOf(
  record: XeroRecord,
  base: Settled | null,
  { baseCurrency }: BackReferences,
): ({ ok: true } & Settled) | Refusal {
  const date = ownedText(record, 'date') ?? base?.date;
  const amount = ownedText(record, 'amount') ?? base?.amount;
  if (date === undefined || amount === undefined) return inexpressible('its date or amount is not known');
  return {
    ok: true,
    date,
    amount: keptNumber(base?.amount, amount),
    currency: record.keys.currency ?? base?.currency ?? baseCurrency,
  };
}

type Paid = Settled & Pick<Payment, 'modeId' | 'reference'>;

/** What any payment says besides what it pays. */
export function paidOf(
  record: XeroRecord,
  base: Paid | null,
  references: BackReferences,
): { ok: true; paid: Paid } | Refusal {
  const settled = settledOf(record, base, references);
  if (!settled.ok) return settled;
  const mode = modeOf(ownedText(record, 'accountId') ?? null, base?.modeId, references);
  if (typeof mode !== 'string') return mode;
  const { ok: _, ...amounts } = settled;
  const reference = keptText(base?.reference, ownedText(record, 'reference'));
  return { ok: true, paid: { ...amounts, modeId: mode, reference } };
}

/** The payment mode of a bank account; one that the CRM knows keeps its own where that goes into this account, too. */
export function modeOf(
  accountId: string | null,
  known: string | undefined,
  { paymentModes }: BackReferences,
): string | Refusal {
  if (accountId === null && known !== undefined) return known;
  const modes = paymentModes.get(accountId ?? '') ?? [];
  if (known !== undefined && modes.includes(known)) return known;
  const mode = modes.find((one) => one !== NO_PAYMENT_MODE) ?? modes[0];
  return mode ?? refuse('XERO_BANK_ACCOUNT_NOT_MAPPED', { accountId: accountId ?? '' });
}
