import { currencyCode } from '@sync/domain';

/** Perfex keeps the ISO code as a currency's name, by convention only; null where it is something else. */
export function currencyOf(name: string | null): string | null {
  const code = currencyCode.safeParse(name?.trim().toUpperCase());
  return code.success ? code.data : null;
}
