import { type Entity, type IssueCode, type Json, SyncError } from '@sync/domain';
import { ScopeMissing } from './scoped-session.js';

/** How long until a scope that stands still is tried again, by code; null: only a person or a fact ends it. */
const PROBE_AFTER_MS: Partial<Record<IssueCode, number | null>> = {
  CRM_UNREACHABLE: 60_000,
  CRM_ADDRESS_REFUSED: 5 * 60_000,
  CRM_ACCESS_REFUSED: 5 * 60_000,
  CRM_ANSWER_UNREADABLE: 5 * 60_000,
  CRM_SCHEMA_UNKNOWN: 5 * 60_000,
  CRM_REPLACED: null,
  XERO_OFFLINE: 5 * 60_000,
  XERO_UNREACHABLE: 15_000,
  NEEDS_RECONNECT: null,
  XERO_SCOPE_MISSING: null,
  APPROVAL_RIGHT_MISSING: 30 * 60_000,
};

/** Until an entity is tried again for which Xero gave no permission. That of the organization only a person can end. */
const SCOPE_PROBE_AFTER_MS = 30 * 60_000;

/** Troubles with the CRM: they are over when it has answered as agreed. */
export const ENDED_BY_CRM: readonly IssueCode[] = [
  'CRM_UNREACHABLE',
  'CRM_ADDRESS_REFUSED',
  'CRM_ACCESS_REFUSED',
  'CRM_ANSWER_UNREADABLE',
  'CRM_SCHEMA_UNKNOWN',
];

/** Troubles with Xero: they are over when it has answered a call. */
export const ENDED_BY_XERO: readonly IssueCode[] = ['XERO_OFFLINE', 'XERO_UNREACHABLE', 'XERO_DAY_LIMIT'];

/** Troubles that are over when a record has been worked through, from the CRM to Xero. */
export const ENDED_BY_WORK: readonly IssueCode[] = [...ENDED_BY_CRM, ...ENDED_BY_XERO];

/** A problem of a wider scope: that scope stands still, and a person is told once. */
export interface Trouble {
  /** Null: the whole organization. */
  entity: Entity | null;
  code: IssueCode;
  meta: { readonly [key: string]: Json };
  probeAt: Date | null;
}

/** A wait at the rate gate that is longer than this is the day's limit, and is written down instead of queued. */
const LONG_WAIT_MS = 2 * 60_000;

/** The wider trouble that an error means; null: it is a passing one, and the work is simply tried again. */
export function troubleOf(error: unknown, now: Date): Trouble | null {
  if (error instanceof SyncError && error.kind === 'rate-limited') return dayLimit(error, now);
  if (!(error instanceof SyncError) || error.code === undefined) return null;
  return troubleWith(error.code, error, now);
}

/**
 * The wider trouble of a drain. There, what passes and has no code is Xero's, since trouble with the CRM always has one:
 * tried again at once and for hours, it would use up the calls of the day.
 */
export function drainTroubleOf(error: unknown, now: Date): Trouble | null {
  const passing = error instanceof SyncError && error.kind === 'transient' && error.code === undefined;
  return passing ? troubleWith('XERO_UNREACHABLE', error, now) : troubleOf(error, now);
}

function troubleWith(code: IssueCode, error: SyncError, now: Date): Trouble | null {
  const entity = error instanceof ScopeMissing ? error.entity : null;
  const after = entity === null ? PROBE_AFTER_MS[code] : SCOPE_PROBE_AFTER_MS;
  if (after === undefined) return null;
  const meta = { reason: error.message, ...error.meta };
  return { entity, code, meta, probeAt: after === null ? null : new Date(now.getTime() + after) };
}

function dayLimit({ retryAt }: SyncError, now: Date): Trouble | null {
  if (!retryAt || retryAt.getTime() - now.getTime() < LONG_WAIT_MS) return null;
  return { entity: null, code: 'XERO_DAY_LIMIT', meta: { until: retryAt.toISOString() }, probeAt: retryAt };
}

/** An id of the CRM points at another record than before: a back-up was put back, or the CRM was set up anew. */
export class CrmReplaced extends SyncError {
  constructor(entity: Entity, crmId: string, was: string, is: string) {
    const reason = `${entity} ${crmId} was made at ${was} before and at ${is} now`;
    super('conflict', reason, { code: 'CRM_REPLACED', meta: { reason } });
  }
}
