import type { z } from 'zod';
import { customerSchema } from './customer.js';

/** Somebody who is bought from, in the same form as a customer: both are contacts in Xero. */
export const vendorSchema = customerSchema;

/** Somebody who is bought from. */
export type Vendor = z.infer<typeof vendorSchema>;
