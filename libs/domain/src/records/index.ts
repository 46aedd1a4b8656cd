import type { z } from 'zod';
import type { Entity } from '../entity.js';
import { customerSchema } from './customer.js';
import { invoiceSchema } from './invoice.js';
import { itemSchema } from './item.js';
import { paymentSchema } from './payment.js';
import { taxSchema } from './tax.js';

export * from './customer.js';
export * from './invoice.js';
export * from './item.js';
export * from './payment.js';
export * from './tax.js';

/** The schema of each entity's canonical record. */
export const recordSchemas = {
  taxes: taxSchema,
  customers: customerSchema,
  items: itemSchema,
  invoices: invoiceSchema,
  payments: paymentSchema,
} as const satisfies Record<Entity, z.ZodType>;

/** The canonical record of an entity. */
export type CanonicalRecord<E extends Entity = Entity> = z.infer<(typeof recordSchemas)[E]>;
