import type { Entity } from '@sync/domain';

/** A listing of Xero that is under way: it goes on here when it was interrupted. */
export interface XeroReading {
  /** Changes from then on are still to be read (Xero's clock); null: all of them. */
  since: string | null;
  /** When it began, by our clock. */
  startedAt: string;
  /** It lists everything. */
  full: boolean;
}

/** How far an entity of an organization has been read from Xero. */
export interface XeroCheckpoint {
  /** Everything that changed before was read (our clock); null: it was never read to the end. */
  freshAsOf: Date | null;
  /** When the last complete listing of everything began. */
  fullAt: Date | null;
  /** When it is to be read again; null: only for a reason. */
  nextAt: Date | null;
  /** It is to be read then for a reason, not since its beat has come: without auto-sync as well. */
  wanted: boolean;
  /** Records of Xero from then on are pulled; set when the entity is first read for the CRM. */
  pullFrom: Date | null;
  reading: XeroReading | null;
  /** How often what had changed in Xero was an echo of our own write, in nothing but words. */
  nearMisses: number;
  nearMissAt: Date | null;
}

/** An entity that is to be read from Xero. */
export interface DueReading {
  organizationId: string;
  organizationName: string;
  entity: Entity;
  /** `event`: a webhook said that something changed, or something else that was read did. */
  lane: 'event' | 'backfill';
}

/** How far Xero has been read, and when each entity's turn is. */
export interface XeroCheckpointStore {
  /** An entity that was never read has an empty one. */
  load(organizationId: string, entity: Entity): Promise<XeroCheckpoint>;
  /** These were read: sets when their next turn is. */
  schedule(organizationId: string, entities: readonly Entity[], nextAt: Date): Promise<void>;
  /** They are to be read then, whether there is auto-sync or not. */
  want(organizationId: string, entities: readonly Entity[], at: Date): Promise<void>;
  /** Lets an entity's turn wait until then, for whatever reason it is to be read. */
  putOff(organizationId: string, entity: Entity, until: Date): Promise<void>;
  /** Sets from when on records are pulled, unless it was set before. */
  pullFrom(organizationId: string, entity: Entity, from: Date): Promise<void>;
  /**
   * Moves from when on records are pulled. Earlier than before: everything is read again as soon as may be, since what is
   * within now was passed over. Later: what was pulled stays.
   */
  movePullFrom(organizationId: string, entity: Entity, from: Date): Promise<void>;
  /** Everything of it is to be read from the beginning, as soon as may be. */
  readAll(organizationId: string, entity: Entity): Promise<void>;
  /** What is to be read now: of organizations that may post and do not stand still. */
  due(): Promise<DueReading[]>;
}
