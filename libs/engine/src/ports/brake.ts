import type { Entity } from '@sync/domain';

/** What a grave change does: `change` is one of what counts in the books, such as an amount. */
export type GraveEffect = 'void-in-xero' | 'change-in-xero' | 'change-in-crm' | 'remove-from-crm';

/** A record that is to be changed gravely. */
export interface GraveChange {
  bindingId: string;
  effect: GraveEffect;
}

/** A record whose change is held. */
export interface HeldRecord {
  recordId: string;
  entity: Entity;
  crmId: string | null;
  xeroId: string | null;
  label: string | null;
  effect: GraveEffect;
  heldAt: Date;
}

/** Voids, deletions and changes of amounts of an organization within an hour: more than usual are held. */
export interface BrakeStore {
  /**
   * Counts these and says whether they may be made: as long as no more than 20, or 2 % of what is on both sides, whichever
   * is more, came within an hour. If not, none of them is counted, and they are kept by name until somebody confirms; as
   * long as something of the organization is held, whatever comes after it is held as well.
   */
  pass(
    organizationId: string,
    entity: Entity,
    changes: readonly GraveChange[],
  ): Promise<{ open: true } | { open: false; count: number }>;
  /**
   * A person says that it is meant: what is held goes on, and so does whatever comes within an hour. False: nothing of
   * this organization is held.
   */
  confirm(organizationId: string): Promise<boolean>;
  /** Of which entities something is held, how much, and since when. */
  heldByEntity(organizationId: string): Promise<{ entity: Entity; count: number; heldSince: Date }[]>;
  /** Records that are held, the oldest first. */
  held(request: {
    organizationId: string;
    entity: Entity | null;
    cursor: string | null;
    limit: number;
  }): Promise<{ items: HeldRecord[]; nextCursor: string | null }>;
}
