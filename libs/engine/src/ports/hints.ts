import type { Entity, IssueCode, Lane } from '@sync/domain';

/** That a record may have changed: named by its id in the CRM, or, where that is not known, in Xero. */
export type Hint = { entity: Entity; crmId: string } | { entity: Entity; xeroId: string };

/** Finds or makes bindings and raises their operations, all in one transaction. */
export interface HintStore {
  /**
   * Every record gets one live operation: a new one, or the live one with a higher version, the better lane and the
   * earlier due time; parked and waiting ones become due again. With `runId`, the run waits for them too.
   */
  hint(request: {
    organizationId: string;
    lane: Lane;
    hints: readonly Hint[];
    runId?: string;
    /** Default: now. */
    dueAt?: Date;
    /** They were merely found in a listing: what Xero refused of them is not sent again while it is the same. */
    listed?: boolean;
  }): Promise<{ created: number; raised: number }>;
  /** Makes these bindings' operations due (retry by a person). */
  redrive(organizationId: string, bindingIds: readonly string[], lane: Lane): Promise<number>;
  /** Makes due what is parked with one of these codes (a mapping was saved, a connection made again). */
  redriveParked(organizationId: string, codes: readonly IssueCode[]): Promise<number>;
}
