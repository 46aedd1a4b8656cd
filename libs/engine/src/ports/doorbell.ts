import type { Entity, Lane } from '@sync/domain';

/** Says "organization O has operations of entity E". Ringing twice is ringing once; a lost ring is made up for. */
export interface Doorbell {
  ring(work: { organizationId: string; organizationName: string; entity: Entity; lane: Lane }): Promise<void>;
  /** Asks for sweeps of an organization: those of open runs and those that are due. */
  ringSweeps(organization: { id: string; name: string }): Promise<void>;
  /** Asks that an organization's reference data be read and mappings suggested. */
  ringReference(organization: { id: string; name: string }): Promise<void>;
}
