import type { CreditNote, Invoice } from '@sync/domain';
import { currencyId, lockParent } from './parents.js';
import type { StoredAmounts } from './perfex-totals.js';
import type { Values } from './rows.js';
import type { WriteSession } from './write-session.js';

/** The amounts as columns. A percentage, from which Perfex would compute the discount anew, is given up. */
export function amountColumns(amounts: StoredAmounts): Values {
  return {
    subtotal: amounts.subtotal,
    total_tax: amounts.totalTax,
    total: amounts.total,
    adjustment: amounts.adjustment,
    discount_percent: '0.00',
    discount_total: amounts.discountTotal,
    discount_type: amounts.discountType,
  };
}

/** The fields from which the amounts follow. */
export const AMOUNT_FIELDS = [
  'lines',
  'discountTiming',
  'discountTotal',
  'adjustment',
  'subtotal',
  'totalTax',
  'total',
] as const satisfies readonly (keyof Invoice)[];

/** Whose a document is: its customer, who stays locked, with the billing address that is copied, and its currency. */
export async function ownerColumns(session: WriteSession, record: Invoice | CreditNote): Promise<Values> {
  const clientid = await lockParent(session, 'customers', record.customerId);
  return {
    clientid,
    currency: await currencyId(session, record.currency),
    ...(await billingColumns(session, clientid)),
  };
}

async function billingColumns({ query, tables }: WriteSession, customerId: number): Promise<Values> {
  const [row] = await query<Record<string, string | number | null>>(
    `select billing_street, billing_city, billing_state, billing_zip, billing_country
     from ${tables('clients')} where userid = ?`,
    [customerId],
  );
  return row ?? {};
}
