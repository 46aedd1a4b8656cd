import type { Mapping } from '@sync/engine';
import { z } from 'zod';
import { momentSchema, textSchema } from './basics.js';

const kindSchema = z.enum(['account', 'tax', 'purchase-tax', 'payment-mode', 'expense-category']);

/** A choice: what in Xero stands for this account purpose, tax, payment mode or expense category. */
export const mappingChoiceSchema = z
  .strictObject({
    kind: kindSchema,
    key: textSchema(500).meta({
      description:
        '`sales`, `rounding` or `expenses`; the key of a tax set, or `none`; the id of a payment mode, or `none`; the id of an expense category',
    }),
    value: textSchema(100).meta({ description: "An account's code, a TaxType, a bank account's AccountID" }),
  })
  .meta({ id: 'MappingChoice' });

/** A mapping as the API shows it. */
export const mappingSchema = z
  .strictObject({
    kind: kindSchema,
    key: z.string(),
    label: z.string(),
    value: z.string().nullable().meta({ description: 'Null: nothing fits, a person must choose' }),
    source: z.enum(['suggested', 'confirmed']),
    reason: z.string().nullable(),
  })
  .meta({ id: 'Mapping' });

/** All mappings, and since when they are confirmed. */
export const mappingsSchema = z
  .strictObject({ confirmedAt: momentSchema.nullable(), items: z.array(mappingSchema) })
  .meta({ id: 'Mappings' });

/** A mapping in its JSON form. */
export function mappingOf({
  kind,
  key,
  label,
  value,
  source,
  reason,
}: Mapping): z.input<typeof mappingSchema> {
  return { kind, key, label, value, source, reason };
}
