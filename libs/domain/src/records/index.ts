import type { z } from 'zod';
import type { Entity } from '../entity.js';
import { creditApplicationSchema, creditNoteSchema, refundSchema } from './credit-note.js';
import { customerSchema } from './customer.js';
import { expenseSchema } from './expense.js';
import { invoiceSchema } from './invoice.js';
import { itemSchema } from './item.js';
import { paymentSchema } from './payment.js';
import { purchaseOrderSchema } from './purchase-order.js';
import { taxSchema } from './tax.js';
import { vendorSchema } from './vendor.js';

export * from './credit-note.js';
export * from './customer.js';
export * from './document-line.js';
export * from './expense.js';
export * from './invoice.js';
export * from './item.js';
export * from './payment.js';
export * from './purchase-order.js';
export * from './tax.js';
export * from './vendor.js';

/** The schema of each entity's canonical record. */
export const recordSchemas = {
  taxes: taxSchema,
  customers: customerSchema,
  vendors: vendorSchema,
  items: itemSchema,
  invoices: invoiceSchema,
  'credit-notes': creditNoteSchema,
  'credit-applications': creditApplicationSchema,
  payments: paymentSchema,
  refunds: refundSchema,
  expenses: expenseSchema,
  // One expense, whatever it is booked as.
  bills: expenseSchema,
  'bill-payments': expenseSchema,
  'purchase-orders': purchaseOrderSchema,
} as const satisfies Record<Entity, z.ZodType>;

/** The canonical record of an entity. */
export type CanonicalRecord<E extends Entity = Entity> = z.infer<(typeof recordSchemas)[E]>;
