import { decimal, money, type PurchaseOrder, type PurchaseOrderLine, sum } from '@sync/domain';
import { plainLine } from '../../plain-text.js';
import { currencyOf } from './currency.js';
import { birthMark, type Decoded, found, invalid } from './decoded.js';
import { amountOf, type OrderAmounts, purchaseDiscounts } from './purchase-discounts.js';
import { decodePurchaseLine, type PurchaseLineRow, type TaxTable } from './purchase-line.js';

/** A purchase order's row; what only later versions of the module have is null. */
export interface PurchaseOrderRow extends OrderAmounts {
  id: number;
  name: string;
  vendorId: number;
  number: string;
  date: string;
  deliveryDate: string | null;
  approveStatus: number;
  /** Where the goods are; an order can be cancelled here after it was approved. */
  orderStatus: string | null;
  createdAt: string;
  /** That of the order, or the base currency. */
  currencyName: string | null;
}

/** All rows that make up one order. */
export interface PurchaseOrderRows {
  header: PurchaseOrderRow;
  lines: readonly PurchaseLineRow[];
  taxTable: TaxTable;
}

const STATUSES: Readonly<Record<number, PurchaseOrder['status']>> = {
  2: 'approved',
  3: 'rejected',
  4: 'cancelled',
};

/** An order as it is stored, whatever version of the module made it. */
export function decodePurchaseOrder({
  header,
  lines,
  taxTable,
}: PurchaseOrderRows): Decoded<'purchase-orders'> {
  if (header.vendorId === 0) return invalid('it has no vendor');
  const currency = currencyOf(header.currencyName);
  if (currency === null) return invalid('its currency is no ISO code such as USD');
  const record: PurchaseOrder = {
    id: String(header.id),
    number: plainLine(header.number),
    reference: plainLine(header.name),
    vendorId: String(header.vendorId),
    date: header.date,
    deliveryDate: header.deliveryDate?.startsWith('0000') === true ? null : header.deliveryDate,
    currency,
    status:
      header.orderStatus?.trim() === 'cancelled' ? 'cancelled' : (STATUSES[header.approveStatus] ?? 'open'),
    ...amountsOf(
      header,
      lines.map((line) => decodePurchaseLine(line, taxTable)),
    ),
  };
  return found('purchase-orders', record, birthMark(header.createdAt));
}

/** A discount that leaves the taxes alone is a line without tax, since an order's own discount is taken before tax. */
function amountsOf(header: PurchaseOrderRow, stored: readonly PurchaseOrderLine[]) {
  const { afterTax, ofOrder } = purchaseDiscounts(header, stored);
  const off = money(sum([ofOrder, ...stored.map(({ discount }) => discount)]));
  const lines = afterTax ? [...stored.map(undiscounted), ...discountLine(off)] : [...stored];
  return {
    lines,
    discountTotal: afterTax ? '0.00' : ofOrder,
    shippingFee: money(header.shippingFee ?? '0'),
    subtotal: money(sum(lines.map((line) => amountOf(line).minus(line.discount)))),
    totalTax: money(header.totalTax),
    total: money(header.total),
  };
}

function undiscounted(line: PurchaseOrderLine): PurchaseOrderLine {
  return { ...line, discount: '0.00' };
}

function discountLine(off: string): PurchaseOrderLine[] {
  if (decimal(off).isZero()) return [];
  const unitPrice = money(decimal(off).negated());
  return [{ description: 'Discount', quantity: '1', unitPrice, discount: '0.00', taxes: [], itemId: null }];
}
