import type { Entity, IssueCode } from '@sync/domain';
import type { Meta } from './bindings.js';
import type { XeroConnection, XeroReference } from './xero.js';

/** What is configured for an organization; stored as JSON, read through its zod schema in storage. */
export interface OrganizationSettings {
  /** Whether scheduled sweeps run. */
  autoSync: boolean;
  /** Between two looks for new records, in seconds. */
  sweepEverySeconds: number;
  /** Between two looks at everything, in seconds. */
  fullSweepEverySeconds: number;
  /** Entities that flow from the CRM into Xero. */
  entities: Entity[];
  /** A tax set that Xero lacks may be created there. */
  createTaxRates: boolean;
  invoiceStatus: 'DRAFT' | 'SUBMITTED' | 'AUTHORISED';
  allowedCents: number;
}

/** An organization as the engine needs it. */
export interface Organization {
  id: string;
  name: string;
  crmConnectionId: string;
  xeroConnection: XeroConnection;
  settings: OrganizationSettings;
  /** Null: the suggested mappings are not confirmed and nothing may be posted. */
  mappingsConfirmedAt: Date | null;
}

/** Organizations, their cached reference data, and problems of wider scope. */
export interface OrganizationStore {
  load(organizationId: string): Promise<Organization | null>;
  /**
   * Organizations whose reference data was never read, or not since `before`, or that have no mappings. Not those that
   * stand still, unless it is for the confirmation of mappings.
   */
  needingReference(before: Date): Promise<{ id: string; name: string }[]>;
  reference(organizationId: string): Promise<{ data: XeroReference; readAt: Date } | null>;
  saveReference(organizationId: string, data: XeroReference, readAt: Date): Promise<void>;
  /**
   * Opens an issue of wider scope and pauses it: nothing of that scope is claimed before `probeAt`. Null: only a
   * person or a fact ends it.
   */
  pause(request: {
    organizationId: string;
    entity: Entity | null;
    code: IssueCode;
    meta: Meta;
    probeAt: Date | null;
  }): Promise<void>;
  /** Resolves open issues of wider scope with these codes. */
  resume(organizationId: string, codes: readonly IssueCode[], entity?: Entity): Promise<void>;
  /** The open issues that pause something now. */
  pauses(organizationId: string): Promise<{ code: IssueCode; entity: Entity | null; probeAt: Date | null }[]>;
  /** Paused entities whose probe is due: they are to be drained even where nothing of theirs is. */
  dueProbes(): Promise<{ organizationId: string; organizationName: string; entity: Entity }[]>;
}
