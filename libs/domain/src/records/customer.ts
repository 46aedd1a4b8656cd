import { z } from 'zod';
import { currencyCode } from '../money.js';

/** A postal address; a part that is not known is null. */
export const addressSchema = z.strictObject({
  lines: z.array(z.string()).max(4),
  city: z.string().nullable(),
  region: z.string().nullable(),
  postalCode: z.string().nullable(),
  /** The country's name, as it is printed on an envelope. */
  country: z.string().nullable(),
});

/** A postal address. */
export type Address = z.infer<typeof addressSchema>;

/** A person to whom documents go. */
export const personSchema = z.strictObject({
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  email: z.string().nullable(),
});

/** A customer, in our neutral form: text is trimmed and free of HTML, an empty text is null. */
export const customerSchema = z.strictObject({
  id: z.string().min(1),
  /** The company, else the primary person's full name; null when the CRM knows neither. */
  name: z.string().nullable(),
  firstName: z.string().nullable(),
  lastName: z.string().nullable(),
  email: z.string().nullable(),
  phone: z.string().nullable(),
  taxNumber: z.string().nullable(),
  /** Null: the organization's base currency. */
  currency: currencyCode.nullable(),
  billingAddress: addressSchema.nullable(),
  streetAddress: addressSchema.nullable(),
  people: z.array(personSchema),
  active: z.boolean(),
});

/** A customer. */
export type Customer = z.infer<typeof customerSchema>;
