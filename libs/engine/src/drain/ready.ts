import type { Entity } from '@sync/domain';
import type { CompletedReading } from './completed-reading.js';
import type { ClaimedOperation, FieldConflict, IdentityCandidate, ParentState } from '../ports/stores.js';
import type { WriteAction } from '../ports/xero.js';
import type { DrainContext } from './context.js';
import type { Intent } from './outcomes.js';
import type { KnownInXero } from './xero-side.js';

/** A record that is ready to be written: an element of a call to come. */
export interface Ready {
  operation: ClaimedOperation;
  action: WriteAction;
  element: Parameters<DrainContext['parts']['xero']['compose']>[0]['elements'][number];
  intent: Intent;
  marker: string;
  naturalKey: string | null;
  xeroId: string | null;
  /** It changes how much the record amounts to. */
  amounts?: boolean;
}

/** The pieces of one record's present state. */
export interface Subject<E extends Entity> {
  operation: ClaimedOperation;
  /** Null: it is known in Xero only. */
  reading: CompletedReading<E> | null;
  parents: ReadonlyMap<string, ParentState>;
  candidates: readonly IdentityCandidate[];
  /** What Xero holds, where it matters. */
  known: KnownInXero | null;
  choices: readonly FieldConflict[];
}
