import type { Fence, Outcome } from '@sync/engine';
import type { Lane } from '@sync/domain';

/** What is to be committed. */
export interface Settlement {
  organizationId: string;
  fence: Fence;
  outcomes: readonly Outcome[];
  now: Date;
}

/** An operation as it was when its row was locked. */
export interface LockedOperation {
  id: string;
  /** It did not exist: it was made only to have a row to lock, and goes again unless somebody wants it. */
  created: boolean;
  version: number;
  claimId: string | null;
  claimedAt: Date | null;
  attempts: number;
  lane: Lane;
  wantedElsewhere: boolean;
}

/**
 * `current`: nothing happened since the claim. `raised`: a hint came meanwhile, so what was decided may be stale.
 * `lost`: the claim is no longer ours.
 */
export type Standing = 'current' | 'raised' | 'lost';

/** An outcome, and whether it still counts. */
export interface Judged<Kind extends Outcome = Outcome> {
  outcome: Kind;
  standing: Standing;
  locked: LockedOperation;
}

/** An outcome of one kind. */
export type OutcomeOf<Kind extends Outcome['kind']> = Extract<Outcome, { kind: Kind }>;

/** The judged outcomes of one kind. */
export function ofKind<Kind extends Outcome['kind']>(
  judged: readonly Judged[],
  kind: Kind,
): Judged<OutcomeOf<Kind>>[] {
  return judged.filter((entry): entry is Judged<OutcomeOf<Kind>> => entry.outcome.kind === kind);
}

/** What was written to Xero counts whatever happened here meanwhile; a mere decision only if nothing did. */
export function counts({ outcome, standing }: Judged): boolean {
  return standing === 'current' || outcome.kind === 'written';
}
