import type { Clock, Entity } from '@sync/domain';
import type { Definitions } from '../definition.js';
import type { CrmPort } from '../ports/crm.js';
import type { Doorbell } from '../ports/doorbell.js';
import type { EngineLog } from '../ports/log.js';
import type { Fence, Mapping, Organization, Stores } from '../ports/stores.js';
import type { XeroPort, XeroReference, XeroSession } from '../ports/xero.js';

/** What every drain and sweep is built from. */
export interface EngineParts {
  stores: Stores;
  definitions: Definitions;
  xero: XeroPort;
  /** The CRM of an organization; kept open between uses. */
  crmOf(organization: Organization): Promise<CrmPort>;
  bell: Doorbell;
  clock: Clock;
  log: EngineLog;
  /** Where `/r/<binding id>` is served; null: there is no such address. */
  publicUrl: string | null;
  newId(): string;
}

/** One drain under way: an organization, under its connection's lease. */
export interface DrainContext {
  parts: EngineParts;
  organization: Organization;
  fence: Fence;
  session: XeroSession;
  crm: CrmPort;
  reference: XeroReference;
  mappings: readonly Mapping[];
  /** Entities of which Xero is asked nothing in this round. */
  shut: ReadonlySet<Entity>;
  signal: AbortSignal;
  /** Names already taken by records of this drain, of those that Xero wants unique. */
  namesTaken: Map<string, string>;
  /** Records of Xero that are taken out of it, or over from records that are gone, with the binding that does so. */
  takenBy: Map<string, string>;
  /** Ids of batches whose call this drain is making: they are not in doubt, however long it takes. */
  batchesUnderWay: Set<string>;
  /** Entities whose identity keys were brought up to date in this round. */
  identitiesFresh: Set<Entity>;
  /** Entities whose records were looked at with the eyes of `FACTS_FRESH_MS`: once in a drain, however long it goes on. */
  factsLookedAt: Set<Entity>;
  /** Entities of which this drain made sure that it writes over nothing that nobody has read. */
  overwritesLookedAt: Set<Entity>;
  tally: DrainTally;
  /** A line for the job's log. */
  note(line: string): void;
  /** Tells whoever watches how far the drain is. */
  progress(): void;
}

/** What a drain did, in numbers. */
export interface DrainTally {
  writingCalls: number;
  outcomes: Record<string, number>;
}

/** Counts one more outcome of this kind. */
export function count(tally: DrainTally, kind: string): void {
  tally.outcomes[kind] = (tally.outcomes[kind] ?? 0) + 1;
}
