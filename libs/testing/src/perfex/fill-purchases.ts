/** How much to buy. */
interface PurchaseVolume {
  vendors?: number;
  expenses?: number;
  purchaseOrders?: number;
}

/** Statements that make up vendors, expenses, and approved orders of one line each. */
export function purchasesSql({ vendors = 0, expenses = 0, purchaseOrders = 0 }: PurchaseVolume): string[] {
  return [
    ...(vendors === 0 ? [] : [vendorsSql(vendors)]),
    ...(expenses === 0 ? [] : expensesSql(expenses, vendors)),
    ...(purchaseOrders === 0 ? [] : ordersSql(purchaseOrders, vendors)),
  ];
}

function vendorsSql(count: number): string {
  return `insert into {pur_vendor} (userid, company, vat, datecreated)
    select seq, concat('Vendor ', seq), concat('V-', 100000 + seq), '2025-01-01 08:00:00' from seq_1_to_${count}`;
}

function expensesSql(count: number, vendors: number): string[] {
  const vendor =
    vendors === 0 ? { column: '', value: '' } : { column: ', vendor', value: `, 1 + seq % ${vendors}` };
  return [
    `insert into {expenses_categories} (id, name) select seq, concat('Category ', seq) from seq_1_to_5`,
    `insert into {expenses} (id, category, currency, amount, tax, expense_name, clientid, paymentmode, date,
        send_invoice_to_customer, dateadded, addedfrom${vendor.column})
      select seq, 1 + seq % 5, 1, 5 + seq % 500 / 100, if(seq % 3 = 0, null, 4), concat('Receipt ', seq), 0, '1',
        date_add('2026-01-01', interval seq % 300 day), 0, '2026-01-01 09:00:00', 1${vendor.value}
      from seq_1_to_${count}`,
  ];
}

function ordersSql(count: number, vendors: number): string[] {
  return [
    `insert into {pur_orders} (id, pur_order_name, vendor, estimate, pur_order_number, order_date, approve_status,
        datecreated, days_owed, subtotal, total_tax, total, addedfrom)
      select seq, concat('Order ', seq), 1 + seq % ${vendors}, 0, concat('#PO-', seq),
        date_add('2026-01-01', interval seq % 300 day), 2, '2026-01-01 09:00:00', 0, 2 * (5 + seq % 50),
        round(2 * (5 + seq % 50) * 0.2, 2), 2 * (5 + seq % 50) + round(2 * (5 + seq % 50) * 0.2, 2), 1
      from seq_1_to_${count}`,
    `insert into {pur_order_detail} (pur_order, item_code, item_name, unit_price, quantity, into_money, tax, tax_name,
        tax_rate)
      select seq, '', concat('Ware ', seq), 5 + seq % 50, 2, 2 * (5 + seq % 50), '4', 'VAT', '20.00'
      from seq_1_to_${count}`,
  ];
}
