import type { Entity, IssueCode, IssueScope, RecordStatus } from '@sync/domain';
import type { Mapping, Meta, OrganizationSettings, SettingsChange } from './stores.js';

/** A page of a list, and where the next one begins; null on the last page. */
export interface CursorPage<T> {
  items: T[];
  nextCursor: string | null;
}

/** How the CRM of an organization is reached. Secrets are encrypted at rest and never leave through the API. */
export type CrmConnectionConfig =
  | { kind: 'http'; baseUrl: string; apiKey: string; allowPrivateAddresses: boolean }
  | {
      kind: 'perfex';
      host: string;
      port: number;
      user: string;
      password: string;
      database: string;
      prefix: string;
      allowPrivateAddresses: boolean;
    };

/** An organization, as an admin sees it. */
export interface OrganizationView {
  id: string;
  name: string;
  crm: { connectionId: string; kind: 'http' | 'perfex'; address: string };
  xero: { connectionId: string; tenantId: string; tenantName: string; state: 'active' | 'needs-reconnect' };
  settings: OrganizationSettings;
  mappingsConfirmedAt: Date | null;
  createdAt: Date;
}

/** A record, as an admin sees it. */
export interface RecordView {
  id: string;
  entity: Entity;
  crmId: string | null;
  xeroId: string | null;
  label: string | null;
  status: RecordStatus;
  /** Why it is excluded, parked or only with a remark in Xero, or what it waits for, in short. */
  reason: string | null;
  updatedAt: Date;
}

/** An issue, as an admin sees it. */
export interface IssueView {
  id: string;
  code: IssueCode;
  scope: IssueScope;
  severity: 'blocking' | 'warning';
  entity: Entity | null;
  recordId: string | null;
  recordLabel: string | null;
  meta: Meta;
  firstSeenAt: Date;
  lastSeenAt: Date;
  count: number;
  resolvedAt: Date | null;
}

/** One thing that happened to a record. */
export interface HistoryEntry {
  id: string;
  at: Date;
  /** `create`, `update`, `link`, `unchanged`, `excluded`, `waiting`, `parked`, `again` … */
  what: string;
  detail: Meta;
  runId: string | null;
}

/** A run, as an admin sees it. */
export interface RunView {
  id: string;
  organizationId: string;
  mode: 'incremental' | 'full';
  status: 'queued' | 'running' | 'completed' | 'failed' | 'cancelled';
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
  failure: string | null;
  /** For each entity: how many records it concerns, how many are done, and how each ended. */
  entities: Partial<Record<Entity, { total: number; done: number; outcomes: Record<string, number> }>>;
}

/** What a key may do. */
export type ApiKeyKind = 'installation' | 'organization' | 'crm-connection';

/** Who a request comes from. */
export interface ApiKeyIdentity {
  id: string;
  kind: ApiKeyKind;
  organizationId: string | null;
  crmConnectionId: string | null;
}

/** API keys: 256 random bits, shown once, stored as their SHA-256. */
export interface ApiKeyStore {
  /** Returns the key itself, once. */
  create(request: {
    kind: ApiKeyKind;
    name: string;
    organizationId?: string;
    crmConnectionId?: string;
  }): Promise<{ id: string; key: string }>;
  /** Makes a given key known (standalone keeps its own across starts). Does nothing if it is known. */
  ensure(request: { kind: ApiKeyKind; name: string; key: string; organizationId?: string }): Promise<void>;
  /** Null: unknown or revoked. Marks the use. */
  identify(key: string): Promise<ApiKeyIdentity | null>;
  /** False: there is no such key within this organization (null: any). */
  revoke(id: string, organizationId: string | null): Promise<boolean>;
  list(organizationId: string | null): Promise<
    {
      id: string;
      kind: ApiKeyKind;
      name: string;
      createdAt: Date;
      lastUsedAt: Date | null;
      revokedAt: Date | null;
    }[]
  >;
}

/** What the API reads and changes. Every method is scoped by organization where one is given; foreign ids give null. */
export interface AdminStore {
  /** Throws where another organization has the Xero organisation, or a CRM that cannot be shared. */
  createOrganization(request: {
    name: string;
    crm: CrmConnectionConfig | { connectionId: string };
    xero: { connectionId: string };
    settings: SettingsChange;
  }): Promise<OrganizationView>;
  organizations(request: { cursor: string | null; limit: number }): Promise<CursorPage<OrganizationView>>;
  organization(id: string): Promise<OrganizationView | null>;
  updateSettings(id: string, change: SettingsChange): Promise<OrganizationView | null>;
  /** Organizations whose CRM this connection is: where its events belong. */
  organizationsOfCrm(crmConnectionId: string): Promise<{ id: string; name: string }[]>;
  /**
   * Replaces how the organization's CRM is reached; whoever shares the connection follows. Null: no such organization.
   * Throws for another kind of CRM where records are linked; else mappings begin anew with it.
   */
  changeCrm(organizationId: string, config: CrmConnectionConfig): Promise<OrganizationView | null>;
  /** The decrypted configuration of a CRM connection, for the composition only. */
  crmConfig(crmConnectionId: string): Promise<CrmConnectionConfig>;
  /** Stores an authorization with its tokens and the tenants that it reaches; a known tenant of the client is kept. */
  connectXero(request: {
    clientId: string;
    clientSecret: string;
    tokens: { accessToken: string; refreshToken: string | null; accessExpiresAt: Date };
    tenants: { tenantId: string; tenantName: string; xeroConnectionId: string }[];
    dayLimit: number;
  }): Promise<{ connectionId: string; tenantId: string; tenantName: string }[]>;
  /** Choices that open issues ask for, whether they were suggested or not. */
  wantedMappings(organizationId: string): Promise<Pick<Mapping, 'kind' | 'key' | 'label'>[]>;
  summary(organizationId: string): Promise<Record<Entity, Record<RecordStatus, number>>>;
  records(request: {
    organizationId: string;
    entity: Entity | null;
    status: RecordStatus | null;
    text: string | null;
    cursor: string | null;
    limit: number;
  }): Promise<CursorPage<RecordView>>;
  record(organizationId: string, recordId: string): Promise<RecordView | null>;
  history(request: {
    organizationId: string;
    recordId: string;
    cursor: string | null;
    limit: number;
  }): Promise<CursorPage<HistoryEntry> | null>;
  issues(request: {
    organizationId: string;
    open: boolean;
    code: IssueCode | null;
    scope: IssueScope | null;
    entity: Entity | null;
    recordId: string | null;
    cursor: string | null;
    limit: number;
  }): Promise<CursorPage<IssueView>>;
  runs(request: {
    organizationId: string;
    cursor: string | null;
    limit: number;
  }): Promise<CursorPage<RunView>>;
  run(organizationId: string | null, runId: string): Promise<RunView | null>;
  /** Where `/r/<binding id>` leads. */
  binding(
    id: string,
  ): Promise<{ organizationId: string; entity: Entity; crmId: string | null; xeroId: string | null } | null>;
}
