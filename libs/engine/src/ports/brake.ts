import type { Entity } from '@sync/domain';

/** Voids, deletions and changes of amounts of an organization within an hour: more than usual are held. */
export interface BrakeStore {
  /**
   * Counts these and says whether they may be made: as long as no more than 20, or 2 % of what is on both sides, whichever
   * is more, came within an hour. If not, none of them is counted.
   */
  pass(
    organizationId: string,
    entity: Entity,
    bindingIds: readonly string[],
  ): Promise<{ open: true } | { open: false; count: number }>;
  /**
   * A person says that it is meant: what is held goes on, and so does whatever comes within an hour. False: nothing of
   * this organization is held.
   */
  confirm(organizationId: string): Promise<boolean>;
}
