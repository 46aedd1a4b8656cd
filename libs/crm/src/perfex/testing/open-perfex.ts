import type { Clock, CrmEntity } from '@sync/domain';
import type { CrmChange, CrmPort, FingerprintStore, SweepDepth } from '@sync/engine';
import type { DatabaseLogin } from '../database.js';
import { createPerfexCrm, type PerfexCrmOptions } from '../perfex-crm.js';
import { memoryFingerprints } from './memory-fingerprints.js';

/** The day on which specs are played: whether an invoice is overdue must not depend on when they run. */
const TODAY = new Date('2026-10-15T08:00:00Z');
const clock: Clock = { now: () => TODAY, sleep: () => Promise.resolve() };

/** A signal that nobody aborts. */
export const UNHURRIED: AbortSignal = new AbortController().signal;

/** A Perfex database that a spec made. */
export interface TestPerfex {
  /** The login of a user who may only read. */
  reader: DatabaseLogin;
  prefix: string;
}

/** The adapter as a production would open it: with a user who may only read. */
export function openPerfex(perfex: TestPerfex, changes: Partial<PerfexCrmOptions> = {}): CrmPort {
  return createPerfexCrm({
    ...perfex.reader,
    prefix: perfex.prefix,
    fingerprints: memoryFingerprints(),
    clock,
    allowPrivateAddresses: true,
    ...changes,
  });
}

/** One sweep of an entity. */
export interface Sweep {
  entity: CrmEntity;
  depth: SweepDepth;
  cursor?: string | null;
  /** False: as if the process died before it could acknowledge. */
  acknowledge?: boolean;
}

/** Runs a listing to its last page, as the engine does; gives all changes and the last cursor. */
export async function sweepPerfex(
  crm: CrmPort,
  { entity, depth, cursor = null, acknowledge = true }: Sweep,
): Promise<{ changes: CrmChange[]; cursor: string; pages: number }> {
  const changes: CrmChange[] = [];
  let at = cursor;
  for (let pages = 1; ; pages += 1) {
    const page = await crm.listChanges({ entity, depth, cursor: at, signal: UNHURRIED });
    changes.push(...page.changes);
    if (acknowledge) await page.acknowledge?.();
    at = page.cursor;
    if (page.last) return { changes, cursor: page.cursor, pages };
  }
}

/** Fingerprints and an adapter that remembers in them, for specs that look twice. */
export function rememberingPerfex(perfex: TestPerfex): { crm: CrmPort; fingerprints: FingerprintStore } {
  const fingerprints = memoryFingerprints();
  return { crm: openPerfex(perfex, { fingerprints }), fingerprints };
}
