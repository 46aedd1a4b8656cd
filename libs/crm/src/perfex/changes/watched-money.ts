import type { PerfexSession } from '../reading/session.js';
import { columnsOf, type WatchedEntity } from './watched.js';

/** Payments, with the currency of their invoice. */
export function watchedPayments({ tables }: PerfexSession): WatchedEntity {
  return [
    {
      from: `${tables('invoicepaymentrecords')} r left join ${tables('invoices')} i on i.id = r.invoiceid
        left join ${tables('currencies')} c on c.id = i.currency`,
      recordId: 'r.id',
      values: [
        ...columnsOf('id invoiceid amount paymentmode date daterecorded transactionid'),
        'i.id',
        'c.name',
      ],
    },
  ];
}

/** What of credit notes was applied to invoices. */
export function watchedCreditApplications({ tables }: PerfexSession): WatchedEntity {
  return [
    {
      from: `${tables('credits')} r left join ${tables('creditnotes')} n on n.id = r.credit_id
        left join ${tables('invoices')} i on i.id = r.invoice_id
        left join ${tables('currencies')} c on c.id = n.currency`,
      recordId: 'r.id',
      values: [...columnsOf('id invoice_id credit_id amount date date_applied'), 'n.id', 'i.id', 'c.name'],
    },
  ];
}

/** What of credit notes was paid back. */
export function watchedRefunds({ tables }: PerfexSession): WatchedEntity {
  return [
    {
      from: `${tables('creditnote_refunds')} r left join ${tables('creditnotes')} n on n.id = r.credit_note_id
        left join ${tables('currencies')} c on c.id = n.currency`,
      recordId: 'r.id',
      values: [
        ...columnsOf('id credit_note_id refunded_on payment_mode amount created_at'),
        'n.id',
        'c.name',
      ],
    },
  ];
}
