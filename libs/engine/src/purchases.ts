/** The key of the payment mode of an expense for which none was chosen; it can be mapped like any other. */
export const NO_PAYMENT_MODE = 'none';

const FALLBACK = 'fallback|';

/** The id of the supplier of expenses of which the CRM knows none: its name says everything. */
export function fallbackVendorId(name: string): string {
  return `${FALLBACK}${name}`;
}

/** The name in the id of such a supplier; null: the id is one of the CRM. */
export function fallbackVendorName(id: string): string | null {
  return id.startsWith(FALLBACK) && id.length > FALLBACK.length ? id.slice(FALLBACK.length) : null;
}
