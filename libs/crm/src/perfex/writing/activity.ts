import { insertRow } from './rows.js';
import type { WriteSession } from './write-session.js';

/** Who is named as the one who did it. */
const ACTOR = 'Xero';

/** Adds a line to the history that Perfex shows with an invoice. */
export async function logInvoiceActivity(
  session: WriteSession,
  invoiceId: number,
  description: string,
): Promise<void> {
  await insertRow(session, 'sales_activity', {
    rel_type: 'invoice',
    rel_id: invoiceId,
    description,
    additional_data: '',
    staffid: ACTOR,
    full_name: ACTOR,
    date: session.now.dateTime,
  });
}
