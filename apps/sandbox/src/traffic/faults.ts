import { z } from 'zod';
import { seeded } from '../chance.js';

/** Everything that can go wrong on purpose. */
export const faultKinds = [
  '500-before-commit',
  '500-after-commit',
  'timeout-after-commit',
  'reset',
  'reset-after-commit',
  'truncated-body',
  'html-200',
  '429-minute',
  '429-day',
  '429-concurrent',
  '429-appminute',
  'slow',
  'forget-idempotency-keys',
] as const;

/**
 * When something goes wrong. `nth` and `every` count the calls that match method, path and tenant; `WRITE` stands for
 * PUT, POST and DELETE; `path` is a part of the path; `ms` is how long `slow` and `timeout-after-commit` take.
 */
export const faultRule = z.strictObject({
  kind: z.enum(faultKinds),
  nth: z.int().positive().optional(),
  every: z.int().positive().optional(),
  probability: z.number().min(0).max(1).optional(),
  method: z.string().optional(),
  path: z.string().optional(),
  tenantId: z.string().optional(),
  /** How often the rule strikes at most. */
  times: z.int().positive().optional(),
  ms: z.int().nonnegative().optional(),
  /** Whether an answer of 500 is remembered under the call's Idempotency-Key. Off: the gateway failed, not the API. */
  remembered: z.boolean().optional(),
});
export type FaultRule = z.output<typeof faultRule>;

/** What the rules look at. */
export interface FaultTarget {
  readonly method: string;
  readonly path: string;
  readonly tenantId: string | null;
}

interface Armed {
  readonly rule: FaultRule;
  seen: number;
  struck: number;
}

/** Decides which call goes wrong, and how. Runs repeat: chance comes from a seeded generator. */
export class FaultPlan {
  private armed: Armed[] = [];
  private random = seeded(1);

  /** Replaces the rules and starts counting anew. */
  set(rules: readonly FaultRule[], seed = 1): void {
    this.armed = rules.map((rule) => ({ rule, seen: 0, struck: 0 }));
    this.random = seeded(seed);
  }

  list(): { readonly rule: FaultRule; readonly seen: number; readonly struck: number }[] {
    return this.armed.map(({ rule, seen, struck }) => ({ rule, seen, struck }));
  }

  /** Whether answers are forgotten instead of remembered by their key. */
  forgetsKeys(): boolean {
    return this.armed.some(({ rule }) => rule.kind === 'forget-idempotency-keys');
  }

  /** The fault for this call, if any: every matching rule counts it, the first that triggers strikes. */
  strike(target: FaultTarget): FaultRule | null {
    let found: FaultRule | null = null;
    for (const armed of this.armed) {
      if (armed.rule.kind === 'forget-idempotency-keys' || !matches(armed.rule, target)) continue;
      armed.seen++;
      if (!this.triggers(armed) || found) continue;
      armed.struck++;
      found = armed.rule;
    }
    return found;
  }

  private triggers({ rule, seen, struck }: Armed): boolean {
    const { nth, every, probability, times } = rule;
    if (times !== undefined && struck >= times) return false;
    if (nth !== undefined) return seen === nth;
    if (every !== undefined) return seen % every === 0;
    return probability === undefined || this.random() < probability;
  }
}

// Without a path a rule is about the API proper; tokens and connections must be named.
function matches({ method, path, tenantId }: FaultRule, target: FaultTarget): boolean {
  const verb = method?.toUpperCase();
  const rightVerb =
    verb === undefined || (verb === 'WRITE' ? target.method !== 'GET' : target.method === verb);
  const rightPath = target.path.toLowerCase().includes((path ?? '/api.xro/').toLowerCase());
  return rightVerb && rightPath && (tenantId === undefined || tenantId === target.tenantId);
}
