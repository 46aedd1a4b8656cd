import { money } from '@sync/domain';
import { type IdentityKeys, NO_KEYS } from '@sync/engine';

/** The facts by which a record of Xero is compared: what it belongs to, its day, its currency and its amount. */
export function factKeys(
  { currency, date }: { currency: string; date: string },
  total: string,
  parentXeroId: string | null,
): IdentityKeys {
  return { ...NO_KEYS, parentXeroId, currency, date, total: money(total) };
}
