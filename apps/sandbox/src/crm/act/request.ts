import { z } from 'zod';
import { CRM_ENTITIES } from '../records.js';

/** What a person, or a test of bad input, can do to the CRM. */
const ACTIONS = [
  'create',
  'edit',
  'delete',
  'cancel',
  'void',
  'pay',
  'part-pay',
  'refund',
  'apply',
  'corrupt',
  'break',
] as const;

/** Accepts an act. */
export const actRequestSchema = z.strictObject({
  entity: z.enum(CRM_ENTITIES).optional(),
  /**
   * Which record; without it one is chosen, or a new one made. For `pay` and `part-pay` it is the invoice's, for `refund`
   * and `apply` the credit note's.
   */
  id: z.string().optional(),
  action: z.enum(ACTIONS),
  /** Fields of the record as they go over the wire; for `corrupt` `{kind}`, for `break` `{mode, times?, delayMs?}`. */
  fields: z.record(z.string(), z.unknown()).optional(),
});

/** An act. */
export type ActRequest = z.infer<typeof actRequestSchema>;

/** Which records were touched. */
export interface ActResult {
  entity: string | null;
  ids: string[];
}

/** An act that cannot be done; `status` is the HTTP status that says so. */
export class ActError extends Error {
  override readonly name = 'ActError';

  constructor(
    readonly status: 400 | 404 | 409,
    message: string,
  ) {
    super(message);
  }
}
