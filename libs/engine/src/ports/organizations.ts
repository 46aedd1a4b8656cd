import type { Entity, IssueCode } from '@sync/domain';
import type { Meta } from './bindings.js';
import type { ReferenceCopies } from './reference-copies.js';
import type { XeroConnection, XeroReference } from './xero.js';

export * from './reference-copies.js';

/** Which way an entity flows. */
export type Direction = 'off' | 'to-xero' | 'to-crm' | 'two-way';

/** As what an expense is booked: money spent from a bank account, or a bill and its payment. */
export type ExpenseForm = 'spend-money' | 'bill';

/** What is configured for an organization; stored as JSON, read through its zod schema in storage. */
export interface OrganizationSettings {
  /** Whether scheduled sweeps run. */
  autoSync: boolean;
  /** Between two looks for new records, in seconds. */
  sweepEverySeconds: number;
  /** Between two looks at everything, in seconds. */
  fullSweepEverySeconds: number;
  /** Which way each entity flows. */
  directions: Record<Entity, Direction>;
  /** Whether records of Xero may be written into the CRM; off, everything flows one way at most. */
  writeBack: boolean;
  /** Who wins where both sides changed the same field. */
  conflicts: 'crm' | 'xero' | 'newest' | 'ask';
  /** What becomes of a record in Xero whose CRM record was deleted or cancelled. */
  goneFromCrm: 'ignore' | 'void' | 'ask';
  /** What becomes of a record in the CRM whose Xero record was voided, deleted or archived. */
  goneFromXero: 'ignore' | 'void' | 'ask';
  /** The supplier of expenses of which the CRM knows none. */
  fallbackSupplier: string;
  /** As what expenses are booked for which nothing else is chosen. What is booked already stays what it is. */
  expensesAs: ExpenseForm;
  /** The same of expenses of a category, by the CRM's id of it; it goes before the general choice. */
  expensesAsByCategory: Readonly<Record<string, ExpenseForm>>;
  /** The same of expenses of a payment mode, by its key; it goes before that of the category. */
  expensesAsByMode: Readonly<Record<string, ExpenseForm>>;
  /** A tax set that Xero lacks may be created there. */
  createTaxRates: boolean;
  /** Each expense account of Xero becomes an expense category of the CRM; only where records are written back at all. */
  expenseCategoriesFromXero: boolean;
  /** Each bank account of Xero becomes a payment mode of the CRM; only where records are written back at all. */
  paymentModesFromXero: boolean;
  /** A payment mode without a bank account gets one of its name in Xero. */
  createBankAccounts: boolean;
  invoiceStatus: 'DRAFT' | 'SUBMITTED' | 'AUTHORISED';
  /** What becomes of a record whose date is locked in Xero: it parks, or is booked on the first open day, with a note. */
  lockedDates: 'block' | 'move';
  allowedCents: number;
}

/** Settings to change; what is not named stays, and so does the direction of an entity that is not named. */
export type SettingsChange = Partial<Omit<OrganizationSettings, 'directions'>> & {
  directions?: Partial<OrganizationSettings['directions']>;
};

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
   * Organizations whose reference data was never read, or not since `before`, or is asked for, or that have no mappings.
   * Not those that stand still, unless it is for the confirmation of mappings.
   */
  needingReference(before: Date): Promise<{ id: string; name: string }[]>;
  reference(organizationId: string): Promise<{ data: XeroReference; readAt: Date } | null>;
  saveReference(organizationId: string, data: XeroReference, readAt: Date): Promise<void>;
  /** Everything that was read of both sides; null: there is no such organization. */
  copies(organizationId: string): Promise<ReferenceCopies | null>;
  /** Keeps what was read besides Xero's accounts and tax rates. */
  saveCopies(
    organizationId: string,
    copies: Partial<Pick<ReferenceCopies, 'crm' | 'documents'>>,
  ): Promise<void>;
  /** Asks for everything anew: from now on `needingReference` names the organization. */
  askForReference(organizationId: string, at: Date): Promise<void>;
  /** What was asked for up to then is read. */
  referenceAnswered(organizationId: string, askedAt: Date): Promise<void>;
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
  /** Opens an issue that concerns no single record and holds up nothing. */
  tell(request: { organizationId: string; code: IssueCode; meta: Meta }): Promise<void>;
  /** Resolves open issues of wider scope with these codes. */
  resume(organizationId: string, codes: readonly IssueCode[], entity?: Entity): Promise<void>;
  /** The open issues that pause something now. */
  pauses(organizationId: string): Promise<{ code: IssueCode; entity: Entity | null; probeAt: Date | null }[]>;
  /** Paused entities whose probe is due: they are to be drained even where nothing of theirs is. */
  dueProbes(): Promise<{ organizationId: string; organizationName: string; entity: Entity }[]>;
}
