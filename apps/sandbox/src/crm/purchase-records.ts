import type { LineRecord, Stamped, TaxCopy } from './record-parts.js';

/** A purchase that was paid at once. */
export interface ExpenseRecord extends Stamped {
  name: string | null;
  note: string | null;
  /** The receipt's number. */
  reference: string | null;
  categoryId: string;
  categoryName: string;
  /** Null: nobody wrote down whom it was paid to. */
  vendorId: string | null;
  date: string;
  currency: string;
  /** Net, two decimals; each tax is computed on it by itself. */
  amount: string;
  taxes: TaxCopy[];
  /** Net plus taxes. */
  total: string;
  /** The id of a payment mode; null where none was chosen. */
  mode: string | null;
}

/** An ordered line. */
export interface PurchaseLineRecord extends LineRecord {
  /** Taken off this line, net, positive, two decimals. */
  discount: string;
}

/** The discount of a whole order, on top of those of its lines, before tax. */
export interface OrderDiscountRecord {
  /** Null: a fixed amount. */
  percent: string | null;
  /** What it comes to, positive, two decimals. */
  total: string;
}

/** An order to a vendor; every amount has two decimals. */
export interface PurchaseOrderRecord extends Stamped {
  number: string;
  reference: string | null;
  vendorId: string;
  date: string;
  deliveryDate: string | null;
  currency: string;
  /** `open`: not approved yet. */
  status: 'open' | 'approved' | 'rejected' | 'cancelled';
  lines: PurchaseLineRecord[];
  discount: OrderDiscountRecord | null;
  /** Untaxed. */
  shippingFee: string;
  /** The lines after their own discounts. */
  subtotal: string;
  totalTax: string;
  total: string;
}
