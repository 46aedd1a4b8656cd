import type { CanonicalRecord, Entity, IssueCode, Json, Lane, SyncError, TaxComponent } from '@sync/domain';

/** By what a record can be recognised before there is a binding; a key that does not apply is null. */
export interface IdentityKeys {
  /** Our own reference in the record: a binding's id and generation. */
  marker: string | null;
  /** The natural key: item code, document number, key of a tax set. */
  number: string | null;
  name: string | null;
  email: string | null;
  taxNumber: string | null;
  /** Of a document: the contact (of a payment: the invoice) that it belongs to, by its Xero id. */
  parentXeroId: string | null;
  currency: string | null;
  /** `YYYY-MM-DD`. */
  date: string | null;
  /** Decimal string. */
  total: string | null;
}

/** What is done to a record of Xero; `void` stands for whatever takes it out of the books: void, delete, archive. */
export type WriteAction = 'create' | 'update' | 'void';

/** What Xero derives by itself; compared, never written. Amounts are decimal strings. */
export interface XeroDerived {
  status: 'active' | 'draft' | 'submitted' | 'approved' | 'paid' | 'voided' | 'deleted' | 'archived';
  total?: string;
  tax?: string;
  /** What was paid; of a credit note: what was paid back. */
  paid?: string;
  /** What credit notes took off; of a credit note: what of it was applied. */
  credited?: string;
  /** Of a credit note: what is left of it. */
  due?: string;
  /** The bank statement confirms it: Xero lets nobody delete it. */
  reconciled?: boolean;
  /** Of a contact: it has sales documents, purchase documents. A new one has neither. */
  customer?: boolean;
  supplier?: boolean;
  /** Of an archived contact: the one that it was merged into. */
  mergedInto?: string;
}

/** A record of Xero, read through its codec. */
export interface XeroRecord {
  xeroId: string;
  keys: IdentityKeys;
  /** Owned fields only; a field that the reply left out is absent, not null. */
  owned: { readonly [field: string]: Json | undefined };
  derived: XeroDerived;
  updatedAt: Date | null;
}

/** Everything a codec needs besides the record: resolved by the engine from bindings, mappings and settings. */
export interface References {
  /** Ids of parents in Xero, by entity and CRM id: `parents.get('customers')?.get('17')`. Items give their code. */
  parents: ReadonlyMap<Entity, ReadonlyMap<string, string>>;
  /** Xero's TaxType of what is sold, by key of a tax set; `none` stands for a line without tax. */
  taxTypes: ReadonlyMap<string, string>;
  /** The same of what is bought. */
  purchaseTaxTypes: ReadonlyMap<string, string>;
  /** Account codes by purpose. */
  accounts: { sales: string; rounding: string; expenses: string | null };
  /** Account codes by the CRM's expense category. */
  expenseAccounts: ReadonlyMap<string, string>;
  /** The bank account's AccountID by payment mode. */
  bankAccounts: ReadonlyMap<string, string>;
  /** The currency of a bank account by AccountID: what is spent from it counts in that one. */
  accountCurrencies: ReadonlyMap<string, string>;
  /** Where `/r/<binding id>` is served; null: the marker goes into the Reference. */
  publicUrl: string | null;
  baseCurrency: string;
  /** How many cents a document's total may differ from its parts before it parks. */
  allowedCents: number;
  /** How a new invoice arrives in Xero. */
  invoiceStatus: 'DRAFT' | 'SUBMITTED' | 'AUTHORISED';
}

/**
 * The same the other way round: from what Xero names to what the CRM does. Where several of the CRM go by one name in
 * Xero, all of them are listed, the one for a new record first: a record that is known keeps its own.
 */
export interface BackReferences {
  /** CRM ids by entity and Xero id. Of items: by code. */
  crmIds: ReadonlyMap<Entity, ReadonlyMap<string, string>>;
  /** The CRM's sets of taxes that are sent under a TaxType; the empty set under that of a line without tax. */
  taxSets: ReadonlyMap<string, readonly (readonly TaxComponent[])[]>;
  /** The CRM's payment modes by AccountID of a bank account; `none` stands for no mode. */
  paymentModes: ReadonlyMap<string, readonly string[]>;
  /** The CRM's expense categories by account code, those that go there for want of an account of their own included. */
  expenseCategories: ReadonlyMap<string, readonly { id: string; name: string }[]>;
  baseCurrency: string;
}

/** A record of Xero in our neutral form, or why it has none. */
export type CanonicalResult<E extends Entity = Entity> =
  | { ok: true; record: CanonicalRecord<E> }
  | { ok: false; code: IssueCode; meta: { readonly [key: string]: Json } };

/** A record to be written. */
export interface EncodeRequest<E extends Entity = Entity> {
  entity: E;
  action: 'create' | 'update';
  record: CanonicalRecord<E>;
  /** Binding id and generation, as it is written into the record. */
  marker: string;
  /** The record to update. */
  xeroId: string | null;
  /** The owned fields that differ from what was last written; null: all of them. */
  changed: readonly string[] | null;
  /** A contact's name is held by another contact of ours: make it distinct by the CRM id. */
  distinctName: boolean;
  references: References;
}

/** The outcome of encoding: an element of a request's body, or why there is none. */
export type EncodeResult =
  | {
      ok: true;
      /** The element in Xero's wire form. */
      element: Json;
      /** What the reply must say, else the books would differ. */
      expected: Partial<XeroDerived>;
      /** Cents that went into tax overrides and into a rounding line, to be counted and shown. */
      adjusted: { taxCents: number; roundingCents: number };
    }
  | { ok: false; code: IssueCode; meta: { readonly [key: string]: Json } };

/** A member of a write batch: how its result is recognised in the reply. */
export interface BatchMember {
  bindingId: string;
  marker: string;
  /** Item code, tax set key …; null where only the marker identifies. */
  naturalKey: string | null;
  /** Set for updates. */
  xeroId: string | null;
}

/** A writing call to Xero, complete: sending it twice with its key is one write, within six minutes. */
export interface WriteCall {
  entity: Entity;
  method: 'PUT' | 'POST' | 'DELETE';
  /** Path and query below `/api.xro/2.0`. */
  path: string;
  /** The exact body; empty where there is none. */
  body: string;
  /** Null for updates and voids: A → B → A must not replay A. */
  idempotencyKey: string | null;
}

/** What became of one member; a member that the reply does not hold is `unknown`. */
export type MemberResult =
  | { bindingId: string; state: 'accepted'; record: XeroRecord; warnings: string[] }
  | { bindingId: string; state: 'refused'; error: SyncError }
  | { bindingId: string; state: 'unknown' };

/** A page of a listing. */
export interface XeroPage {
  records: XeroRecord[];
  /** What the same listing holds of the other entities of `listedWith`, as a listing of theirs would give it. */
  others: ReadonlyMap<Entity, XeroRecord[]>;
  more: boolean;
  /** When the page's last element changed, whatever it is; null: the page is empty, or Xero does not say. */
  changedUpTo: Date | null;
  /** Xero's clock when it answered. */
  answeredAt: Date;
}

/** An account of the chart of accounts. */
export interface XeroAccount {
  accountId: string;
  code: string | null;
  name: string;
  type: string;
  class: string;
  active: boolean;
  /** Such as DEBTORS or ROUNDING; null for an ordinary account. */
  systemAccount: string | null;
  takesPayments: boolean;
  currency: string | null;
}

/** A tax rate. */
export interface XeroTaxRate {
  taxType: string;
  name: string;
  /** Percent, decimal string. */
  effectiveRate: string;
  components: { name: string; rate: string; compound: boolean }[];
  active: boolean;
  appliesToRevenue: boolean;
  appliesToExpenses: boolean;
}

/** What is cached of an organisation: it is read once on connect and once a day. */
export interface XeroReference {
  organisation: {
    name: string;
    baseCurrency: string;
    country: string;
    /** Documents up to this day cannot be written; the later of both lock dates. `YYYY-MM-DD`. */
    lockDate: string | null;
    shortCode: string | null;
    demo: boolean;
  };
  mayApproveInvoices: boolean;
  accounts: XeroAccount[];
  taxRates: XeroTaxRate[];
  currencies: string[];
}

/** What people may choose for documents: read on its own, since only few need it. */
export interface XeroDocumentSettings {
  brandingThemes: { id: string; name: string; isDefault: boolean }[];
  trackingCategories: { id: string; name: string; active: boolean; options: XeroTrackingOption[] }[];
}

/** An option of a tracking category. */
export interface XeroTrackingOption {
  id: string;
  name: string;
  active: boolean;
}

/** A bank account to be made in Xero. */
export interface NewBankAccount {
  /** Xero has no two accounts of one name, archived ones included. */
  name: string;
  /** Xero asks for one, and takes any text. */
  number: string;
  idempotencyKey: string;
}

/** What became of it. */
export type BankAccountResult =
  | { state: 'added'; account: XeroAccount }
  | { state: 'refused'; error: SyncError };

/** Whether a call may be made now. */
export type Room = { open: true } | { open: false; until: Date; limit: 'minute' | 'concurrent' | 'day' };

/** One tenant's Xero, for as long as its lease is held. All calls wait for their turn at the rate gate. */
export interface XeroSession {
  /** Whether the gate has room for a call of this lane; asked before anything is claimed. */
  room(lane: Lane): Room;
  /** A page of at most 1,000 records in Xero's order of change. Entities that Xero does not page give all at once. */
  list(request: { entity: Entity; modifiedSince: Date | null; page: number; lane: Lane }): Promise<XeroPage>;
  /**
   * Reads records by their ids, at most 40, with one call (purchase orders: one each). What Xero does not have is left
   * out. An allocation is read with its credit note: ask for that, and take it from `others`.
   */
  read(request: {
    entity: Exclude<Entity, 'credit-applications'>;
    ids: readonly string[];
    lane: Lane;
  }): Promise<XeroPage>;
  /**
   * Makes a writing call. `beforeSending` runs when the gate has given way and before the first byte leaves; if it
   * throws, nothing is sent. Throws `unknown-outcome` when it cannot be said what Xero did.
   */
  write(request: {
    call: WriteCall;
    members: readonly BatchMember[];
    lane: Lane;
    beforeSending: () => Promise<void>;
  }): Promise<MemberResult[]>;
  /** Tax rates are read with it: as records, too, so that nobody need list them again. */
  reference(): Promise<{ data: XeroReference; taxes: XeroRecord[] }>;
  /** Branding themes and tracking categories, with two calls. */
  documentSettings(): Promise<XeroDocumentSettings>;
  /**
   * Makes a bank account, with one call. Throws `unknown-outcome` when it cannot be said whether Xero did: then it is to be
   * looked for by its name before it is asked for again.
   */
  addBankAccount(account: NewBankAccount): Promise<BankAccountResult>;
  /** Waits for calls under way. */
  close(): Promise<void>;
}

/** How the engine reaches Xero. */
export interface XeroPort {
  /** The largest batch of a writing call. */
  batchMax(entity: Entity): number;
  /** The entities that one listing of Xero holds, this one first: what is read for one is read for all of them. */
  listedWith(entity: Entity): readonly Entity[];
  /** Pure: the wire form of a record, rounded once, here. */
  encode<E extends Entity>(request: EncodeRequest<E>): EncodeResult;
  /**
   * Pure: the element that takes a record out of the books, to be composed as `void`. It follows from what Xero holds:
   * a draft is deleted, an approved document voided, a contact archived.
   */
  encodeVoid(entity: Entity, record: XeroRecord): EncodeResult;
  /**
   * Pure: what a record of Xero is in the CRM's terms. `base` is what the CRM holds of it: what Xero cannot express
   * is taken from there. Its `id` is that of `base`, or empty.
   */
  canonical<E extends Entity>(request: {
    entity: E;
    record: XeroRecord;
    base: CanonicalRecord<E> | null;
    references: BackReferences;
  }): CanonicalResult<E>;
  /** Records of Xero that are needed to express this one, as they stand in `references.crmIds`. */
  refersTo(entity: Entity, record: XeroRecord): { entity: Entity; xeroId: string }[];
  /**
   * Pure: writing calls for these elements. Usually one; several where the body would pass Xero's size limit, or where
   * Xero takes them one by one only. Each call holds the indexes of its elements.
   */
  compose(request: { entity: Entity; action: WriteAction; elements: readonly Json[] }): {
    method: 'PUT' | 'POST' | 'DELETE';
    path: string;
    body: string;
    indexes: number[];
  }[];
  /** The key of a batch: bound to app, tenant and batch, at most 128 characters. */
  idempotencyKey(connection: XeroConnection, batchId: string): string;
  /** Opens a tenant under a lease. `stillHeld` throws when the lease is lost; it is asked before each call. */
  open(connection: XeroConnection, stillHeld: () => void, signal: AbortSignal): Promise<XeroSession>;
}

/** A tenant that an authorization reaches. */
export interface XeroConnection {
  id: string;
  authorizationId: string;
  clientId: string;
  tenantId: string;
  tenantName: string;
  /** Calls a day that the app's plan allows. */
  dayLimit: number;
}
