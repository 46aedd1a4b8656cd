/** Condition on `issue i`: it is open and pauses a whole scope. */
export const PAUSING = `i.resolved_at is null and i.binding_id is null and i.severity = 'blocking'
  and i.scope in ('entity', 'organization')`;

/** Condition on `issue i`: of its entity nothing can even be read from Xero. */
export const SHUTTING = "i.code = 'XERO_SCOPE_MISSING'";

/** Condition on `issue i`: it lets nothing through yet at the time `now` (an SQL expression). */
export const blockingAt = (now: string): string => `(i.probe_at is null or i.probe_at > ${now})`;

/**
 * How many operations make a sweep's entity worth draining before the sweep is over: with fewer, batches would leave
 * half empty. Claims and rings use the same number, or rings would call for work that claims leave.
 */
export const FULL_BATCH = 50;
