import type { Entity } from '@sync/domain';

/** Counts and sums of one entity; amounts are decimal strings. */
export interface LedgerRow {
  count: number;
  total: string;
  tax: string;
  paid: string;
  due: string;
  /** Invoices of Xero that are not approved; not part of the count. */
  drafts?: number;
  documents?: LedgerDocument[];
}

/** One document of a ledger. */
export interface LedgerDocument {
  id: string;
  number: string | null;
  name?: string | null;
  currency?: string | null;
  /** Of a document of Xero: the contact's name. */
  contact?: string | null;
  invoiceId?: string | null;
  creditNoteId?: string | null;
  date?: string | null;
  reference?: string | null;
  url?: string | null;
  status?: string;
  total: string;
  tax: string;
  paid: string;
  due: string;
}

/** A ledger by entity. */
export type Ledger = Record<string, LedgerRow>;

/** A request that the sandbox saw. */
export interface SeenCall {
  /** In ms of the sandbox's clock. */
  at: number;
  method: string;
  path: string;
  status: number;
  tenantId: string | null;
  idempotencyKey: string | null;
}

/** What goes wrong in the sandbox, and when; its own specs say how `nth`, `every` and `times` count. */
export interface FaultRule {
  kind: string;
  nth?: number;
  every?: number;
  times?: number;
  /** `WRITE` stands for every writing method. */
  method?: string;
  /** A part of the path. */
  path?: string;
  ms?: number;
}

/** The control routes of a sandbox. */
export interface SandboxControl {
  url: string;
  get<T>(path: string): Promise<T>;
  post<T>(path: string, body: object): Promise<T>;
  /** Calls under `/api.xro/2.0`. */
  calls(): Promise<SeenCall[]>;
  forgetCalls(): Promise<void>;
  /** Does something as a person in the CRM would, or spoils a record. Returns the ids of what was touched. */
  inCrm(act: { action: string; entity?: Entity; id?: string; fields?: object }): Promise<string[]>;
  /** Does something as a person in Xero would. */
  inXero(act: { action: string; entity: string; id?: string; fields?: object }): Promise<void>;
  setFaults(rules: readonly FaultRule[]): Promise<void>;
  /** How often each kind of fault struck. */
  strikes(): Promise<Record<string, number>>;
  /** With documents: of every entity, or of one only, and then nothing else is told. */
  ledger(documents?: boolean | { only: string }): Promise<Ledger>;
  crmLedger(documents?: boolean | { only: string }): Promise<Ledger>;
}

/** Controls the sandbox at this address. */
export function sandboxControl(url: string): SandboxControl {
  const ask = async (method: string, path: string, body?: object): Promise<unknown> => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(`${url}/_sandbox/${path}`, {
      method,
      ...(body ? { headers, body: JSON.stringify(body) } : {}),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} /_sandbox/${path} answered ${response.status}: ${text}`);
    return text === '' ? null : JSON.parse(text);
  };
  const query = (documents: boolean | { only: string } | undefined) => {
    if (typeof documents === 'object') return `?documents=1&entity=${documents.only}`;
    return documents ? '?documents=1' : '';
  };
  return {
    url,
    get: async <T>(path: string) => (await ask('GET', path)) as T,
    post: async <T>(path: string, body: object) => (await ask('POST', path, body)) as T,
    calls: async () => {
      const calls = (await ask('GET', 'calls')) as SeenCall[];
      return calls.filter(({ path }) => path.startsWith('/api.xro/2.0'));
    },
    forgetCalls: async () => void (await ask('DELETE', 'calls')),
    inCrm: async (act) => ((await ask('POST', 'act', { side: 'crm', ...act })) as { ids: string[] }).ids,
    inXero: async (act) => void (await ask('POST', 'act', { side: 'xero', ...act })),
    setFaults: async (rules) => void (await ask('POST', 'faults', { rules })),
    strikes: async () => {
      const { rules } = (await ask('GET', 'faults')) as { rules: { rule: FaultRule; struck: number }[] };
      const kinds = new Map<string, number>();
      for (const { rule, struck } of rules) kinds.set(rule.kind, (kinds.get(rule.kind) ?? 0) + struck);
      return Object.fromEntries(kinds);
    },
    ledger: async (documents) => {
      const { tenants } = (await ask('GET', `ledger${query(documents)}`)) as {
        tenants: { entities: Ledger }[];
      };
      return tenants[0]?.entities ?? {};
    },
    crmLedger: async (documents) =>
      ((await ask('GET', `crm-ledger${query(documents)}`)) as { entities: Ledger }).entities,
  };
}

/** Writing calls: everything that is not a reading one. */
export function writing(calls: readonly SeenCall[]): SeenCall[] {
  return calls.filter(({ method }) => method !== 'GET');
}

/** The resource of a call, such as `Invoices`. */
export function resourceOf({ path }: Pick<SeenCall, 'path'>): string {
  return path.replace('/api.xro/2.0/', '').split(/[/?]/)[0] ?? '';
}
