import { z } from 'zod';
import type { RuleContext } from '../../rules/context.js';
import { BadBody, UnknownId } from '../../wire/refusal.js';

/** Something that a person does in Xero. `id` may be an id, or a number, code, name or TaxType. */
export const actRequest = z.strictObject({
  side: z.literal('xero').optional(),
  tenantId: z.string().optional(),
  entity: z.string(),
  id: z.string().optional(),
  number: z.string().optional(),
  action: z.string(),
  /** Fields under Xero's names; for the organisation under the sandbox's own. */
  fields: z.record(z.string(), z.unknown()).default({}),
});
export type ActRequest = z.output<typeof actRequest>;

/** What one action is given. */
export interface Act {
  readonly context: RuleContext;
  readonly entity: string;
  /** What `id` or `number` name; empty when neither was given. */
  readonly key: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** The actions of one entity by their names; each returns the record that it made or changed. */
export type Acts = Readonly<Record<string, (act: Act) => unknown>>;

/** Which record is meant; refuses when none was named. */
export function named({ key, entity }: Act): string {
  if (key === '') throw new BadBody(`Say which ${entity} is meant: id or number is missing.`);
  return key;
}

/** Gives up because nothing has this key. */
export function missing(what: string, key: string): never {
  throw new UnknownId(what, key);
}

/** The fields of an act in the form of the API; one that is not known is refused, since it would be without effect. */
export function fieldsIn<T extends z.ZodObject>(
  schema: T,
  fields: Readonly<Record<string, unknown>>,
): z.output<T> {
  const read = schema.strict().safeParse(fields);
  if (read.success) return read.data as z.output<T>;
  throw new BadBody(`fields: ${z.prettifyError(read.error)}`);
}

/** The first bank account that is active: what a person would take who names none. */
export function firstBank({ tenant }: RuleContext): { readonly AccountID: string | undefined } {
  const bank = tenant.accounts.inOrder().find(({ type, status }) => type === 'BANK' && status === 'ACTIVE');
  return { AccountID: bank?.id };
}
