import { z } from 'zod';
import { isoDate } from '../dates.js';
import { currencyCode, decimalString } from '../money.js';
import { taxComponentSchema } from './tax.js';

/** An ordered line. */
export const purchaseOrderLineSchema = z.strictObject({
  description: z.string(),
  quantity: decimalString,
  /** Net price of one unit, before any discount. */
  unitPrice: decimalString,
  /** Taken off this line, net, positive. */
  discount: decimalString,
  taxes: z.array(taxComponentSchema),
  itemId: z.string().nullable(),
});

/** An ordered line. */
export type PurchaseOrderLine = z.infer<typeof purchaseOrderLineSchema>;

/** An order to a vendor, in our neutral form; prices exclude tax; amounts are as the CRM stores them. */
export const purchaseOrderSchema = z.strictObject({
  id: z.string().min(1),
  number: z.string().nullable(),
  reference: z.string().nullable(),
  vendorId: z.string().min(1),
  date: isoDate,
  deliveryDate: isoDate.nullable(),
  currency: currencyCode,
  /** `open`: not approved yet; `rejected` and `cancelled` orders are not meant for Xero. */
  status: z.enum(['open', 'approved', 'rejected', 'cancelled']),
  lines: z.array(purchaseOrderLineSchema),
  /** The order's own discount, on top of those of its lines, before tax, positive. */
  discountTotal: decimalString,
  /** Untaxed. */
  shippingFee: decimalString,
  /** Σ of the lines after their own discounts. */
  subtotal: decimalString,
  totalTax: decimalString,
  /** The truth. */
  total: decimalString,
});

/** An order to a vendor. */
export type PurchaseOrder = z.infer<typeof purchaseOrderSchema>;
