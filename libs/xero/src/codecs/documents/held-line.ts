import { z } from 'zod';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null);

/** A line among the owned fields of a record, as `documentFields` writes it. */
const ownedLine = z.object({
  description: text,
  quantity: text,
  unitAmount: text,
  amount: text,
  tax: text,
  taxType: text,
  accountCode: text,
  itemCode: text,
});

/** A line among the owned fields of a record. */
export type OwnedLine = z.infer<typeof ownedLine>;

const ownedLines = z.object({
  lineAmountTypes: text,
  lines: z
    .array(ownedLine)
    .nullish()
    .transform((value) => value ?? null),
});

/** The lines among the owned fields; null: whatever they were read from left them out. */
export function ownedLinesOf(owned: unknown): z.infer<typeof ownedLines> {
  return ownedLines.parse(owned);
}
