/** Statements that make up credit notes of one line each, with what was refunded and applied. */
export function creditNotesSql(volume: { customers: number; creditNotes?: number }): string[] {
  const { customers, creditNotes: count = 0 } = volume;
  if (count === 0) return [];
  return [
    `insert into {itemable} (rel_id, rel_type, description, qty, rate, item_order)
      select seq, 'credit_note', concat('Return ', seq), 1, 10 + seq % 90, 1 from seq_1_to_${count}`,
    `insert into {item_tax} (itemid, rel_id, rel_type, taxrate, taxname)
      select id, rel_id, 'credit_note', 20.00, 'VAT' from {itemable} where rel_type = 'credit_note'`,
    `insert into {creditnotes} (id, clientid, number, prefix, number_format, datecreated, date, currency, subtotal,
        total_tax, total, discount_type, status, include_shipping, addedfrom)
      select seq, 1 + seq * 7 % ${customers}, seq, 'CN-', 1, date_add('2026-02-01', interval seq second),
        date_add('2026-02-01', interval seq % 300 day), 1, 10 + seq % 90, round((10 + seq % 90) * 0.2, 2),
        10 + seq % 90 + round((10 + seq % 90) * 0.2, 2), '', 1, 0, 1
      from seq_1_to_${count}`,
    `insert into {creditnote_refunds} (credit_note_id, staff_id, refunded_on, payment_mode, amount, created_at)
      select id, 1, date, '1', 2.00, datecreated from {creditnotes} where id % 3 = 0`,
    `insert into {credits} (invoice_id, credit_id, staff_id, date, date_applied, amount)
      select i.id, n.id, 1, n.date, n.datecreated, 1.00 from {creditnotes} n
      join {invoices} i on i.id = n.id and i.status = 1 and i.total > 1 and i.clientid = n.clientid
      where n.id % 4 = 0`,
    `update {invoices} i join {credits} c on c.invoice_id = i.id set i.status = 3`,
  ];
}
