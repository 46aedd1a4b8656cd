import { Decimal } from 'decimal.js';
import { z } from 'zod';
import { readDay } from './values.js';

/** Something that may be left out; Xero takes null as "not sent". */
export const given = <T extends z.ZodType>(schema: T) =>
  schema
    .nullish()
    .transform((value) => value ?? undefined)
    .optional();

/** Numbers are taken as texts. */
export const text = given(z.union([z.string(), z.number().transform(String), z.boolean().transform(String)]));
export const flag = given(
  z.union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')]),
);
/** A decimal string, from a number or a text. */
export const decimal = given(
  z.union([z.number(), z.string().trim()]).transform((value, context) => {
    if (/^-?\d+(\.\d*)?(e[+-]?\d+)?$/i.test(String(value))) return new Decimal(value).toFixed();
    context.addIssue({ code: 'custom', message: `Could not convert string to decimal: ${value}` });
    return z.NEVER;
  }),
);
/** `YYYY-MM-DD`. */
export const day = given(
  z.string().transform((value, context) => {
    const found = readDay(value);
    if (found !== null) return found;
    context.addIssue({ code: 'custom', message: `Could not convert string to DateTime: ${value}` });
    return z.NEVER;
  }),
);
export const list = <T extends z.ZodType>(schema: T) => given(z.array(schema));
/** Plain texts under these names. */
export const texts = <K extends string>(names: Readonly<Record<K, number>>) =>
  Object.fromEntries(Object.keys(names).map((name) => [name, text])) as Record<K, typeof text>;
