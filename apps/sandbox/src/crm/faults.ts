import { z } from 'zod';

/** How the CRM can answer badly; `lost-answer` does what is asked, and hangs up. `none` heals it. */
const FAULT_MODES = [
  'html',
  'half-json',
  'error-500',
  'slow',
  'wrong-key',
  'wrong-shape',
  'redirect',
  'lost-answer',
  'none',
] as const;

const faultSchema = z.strictObject({
  mode: z.enum(FAULT_MODES),
  /** How many answers; without it until it is healed. */
  times: z.number().int().positive().optional(),
  /** Milliseconds by which `slow` answers late. */
  delayMs: z.number().int().nonnegative().default(60_000),
});

/** A way to answer badly. */
export type Fault = z.infer<typeof faultSchema>;

/** Which fault the next answers have; not kept over a restart. */
export class CrmFaults {
  #fault: Fault | null = null;
  #left = 0;

  /** Sets the fault from the fields of an act; answers what is wrong with them, or null. */
  set(fields: unknown): string | null {
    const parsed = faultSchema.safeParse(fields);
    if (!parsed.success)
      return `fields.mode must be one of ${FAULT_MODES.join(', ')}; "times" and "delayMs" are numbers.`;
    this.#fault = parsed.data.mode === 'none' ? null : parsed.data;
    this.#left = parsed.data.times ?? Number.POSITIVE_INFINITY;
    return null;
  }

  /** The fault of the answer that is about to be given. */
  next(): Fault | null {
    if (this.#fault === null || this.#left <= 0) return null;
    this.#left -= 1;
    return this.#fault;
  }

  clear(): void {
    this.#fault = null;
  }
}
