import type { Decoded } from '../codecs/decoded.js';
import { decodePayment, type PaymentRow } from '../codecs/payment.js';
import type { PerfexSession } from './session.js';

/** Reads payments; the currency is that of their invoice. */
export async function readPayments(
  { query, tables }: PerfexSession,
  ids: readonly number[],
): Promise<Map<number, Decoded<'payments'>>> {
  const rows = await query<PaymentRow>(
    `select p.id, p.invoiceid as invoiceId, p.amount, p.paymentmode as mode, p.date,
       p.daterecorded as recordedAt, p.transactionid as transactionId, currency.name as currencyName,
       invoice.id is not null as invoiceExists
     from ${tables('invoicepaymentrecords')} p
     left join ${tables('invoices')} invoice on invoice.id = p.invoiceid
     left join ${tables('currencies')} currency on currency.id = invoice.currency
     where p.id in (?)`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, decodePayment(row)]));
}
