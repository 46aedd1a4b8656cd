/** One rule of the contract, and whether this CRM keeps it. */
export interface ConformanceCheck {
  /** Such as `changes.invoices.once`. */
  name: string;
  ok: boolean;
  /** Whether it was tried at all: some rules need a person, or records that the CRM does not have. */
  tried: boolean;
  /** What was seen: ids and counts, never names or amounts of people. */
  detail: string;
  /** What to do where it is not ok. */
  advice: string;
}

/** What a CRM keeps of the contract. */
export interface ConformanceReport {
  /** Whether everything that was tried is ok. */
  ok: boolean;
  checks: ConformanceCheck[];
}

/** What a check saw. */
export interface Finding {
  ok: boolean;
  detail: string;
  tried?: false;
}

/** A check: its name, what to do if it fails, and how it is made. */
export interface CheckPlan {
  name: string;
  advice: string;
  run: () => Finding | Promise<Finding>;
}

/** The rule is kept. */
export function kept(detail: string): Finding {
  return { ok: true, detail };
}

/** The rule is broken. */
export function broken(detail: string): Finding {
  return { ok: false, detail };
}

/** There was nothing to try it with. */
export function untried(detail: string): Finding {
  return { ok: true, detail, tried: false };
}

/** Kept where there is no problem, else broken by the first three of them. */
export function byProblems(problems: readonly string[], good: string): Finding {
  if (problems.length === 0) return kept(good);
  const more = problems.length > 3 ? ` … and ${problems.length - 3} more` : '';
  return broken(problems.slice(0, 3).join('; ') + more);
}

/** Makes the checks in their order; what a check throws is its finding. */
export async function makeChecks(plans: readonly CheckPlan[]): Promise<ConformanceCheck[]> {
  const checks: ConformanceCheck[] = [];
  for (const { name, advice, run } of plans) {
    const { ok, detail, tried = true } = await finding(run);
    checks.push({ name, ok, tried, detail, advice });
  }
  return checks;
}

async function finding(run: CheckPlan['run']): Promise<Finding> {
  try {
    return await run();
  } catch (error) {
    return broken(error instanceof Error ? error.message : String(error));
  }
}
