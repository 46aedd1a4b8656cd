import type { Entity } from '@sync/domain';
import type { SweepDepth } from './crm.js';
import type { Hint } from './hints.js';

/** How far a side has been read, and whether somebody is reading now. */
export interface Checkpoint {
  organizationId: string;
  entity: Entity;
  cursor: string | null;
  version: number;
  lastFullAt: Date | null;
}

/** Checkpoints and sweeps. One sweep of an organization's entity at a time. */
export interface SweepStore {
  /** Takes the sweep, or null if another is at it. `holder` is lost after `ttlMs` without `heartbeat`. */
  begin(request: {
    organizationId: string;
    entity: Entity;
    holder: string;
    ttlMs: number;
  }): Promise<Checkpoint | null>;
  /** Stores a page: hints and the checkpoint's step, in one transaction. */
  page(request: {
    checkpoint: Checkpoint;
    holder: string;
    ttlMs: number;
    cursor: string;
    hints: readonly Hint[];
    /** The CRM said that these changed; otherwise they were merely listed. */
    changed: boolean;
    runId: string | null;
  }): Promise<Checkpoint>;
  /**
   * Ends the sweep; `full` when everything was listed. Sets when the next one is due. `depth` is how hard this one
   * looked (default: `all` if full, else `new`), so that the schedule knows when a deeper look is due again.
   */
  end(request: {
    checkpoint: Checkpoint;
    holder: string;
    full: boolean;
    nextAt: Date;
    depth?: SweepDepth;
  }): Promise<void>;
  /** CRM ids of bindings of this entity that are not deleted in the CRM as far as we know. */
  knownIds(organizationId: string, entity: Entity): Promise<string[]>;
  /** When the CRM was last listed to the end of a sweep, however hard that one looked; null: never. */
  listedAt(organizationId: string, entity: Entity): Promise<Date | null>;
  /** Whether a sweep of one of these entities runs now. */
  running(organizationId: string, entities: readonly Entity[]): Promise<boolean>;
  /** Sweeps that the schedule has due: auto-sync on, organization not paused. */
  dueSweeps(): Promise<
    { organizationId: string; organizationName: string; entity: Entity; depth: SweepDepth }[]
  >;
}
