import { type SandboxOptions, startSandbox } from '../index.js';

/** What comes back of a call; `json` is the parsed body where it is JSON. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Json;
}

/** A parsed body, into which tests look at will: a wrong look fails the test that made it. */
export type Json = ReturnType<typeof JSON.parse>;

/** What goes with a call. */
export interface CallOptions {
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  readonly tenantId?: string;
  readonly token?: string;
}

/** A connected app and its sandbox. */
export interface SandboxClient {
  readonly url: string;
  readonly tenantId: string;
  readonly token: string;
  readonly refreshToken: string;
  /** A call under `/api.xro/2.0/`. */
  api(method: string, path: string, options?: CallOptions): Promise<Answer>;
  /** A call under `/_sandbox/`; throws unless it succeeds. */
  control(method: string, path: string, body?: unknown): Promise<Json>;
  /** A call of any address, with nothing added. */
  raw(method: string, path: string, init?: RequestInit): Promise<Answer>;
  close(): Promise<void>;
}

/** Starts a sandbox on a free port and connects to its first organisation. */
export async function openClient(options: Partial<SandboxOptions> = {}): Promise<SandboxClient> {
  const sandbox = await startSandbox({ port: 0, ...options });
  const client = await connectTo(sandbox.url);
  return { ...client, close: () => sandbox.close() };
}

/** Connects to a sandbox that runs already. */
export async function connectTo(url: string): Promise<Omit<SandboxClient, 'close'>> {
  const raw = async (method: string, path: string, init: RequestInit = {}): Promise<Answer> =>
    answerOf(await fetch(`${url}${path}`, { method, redirect: 'manual', ...init }));
  const control = async (method: string, path: string, body?: unknown): Promise<Json> => {
    const answer = await raw(method, `/_sandbox/${path}`, jsonInit(body));
    if (answer.status >= 300) throw new Error(`${method} ${path}: ${answer.status} ${answer.text}`);
    return answer.json;
  };
  const consent = await control('POST', 'authorize', {});
  const token: string = consent.access_token;
  const tenantId: string = consent.tenantIds[0];
  return {
    url,
    token,
    tenantId,
    refreshToken: consent.refresh_token,
    control,
    raw,
    api: (method, path, call = {}) => {
      const identity = {
        authorization: `Bearer ${call.token ?? token}`,
        'xero-tenant-id': call.tenantId ?? tenantId,
      };
      const { headers, ...init } = jsonInit(call.body);
      return raw(method, `/api.xro/2.0/${path}`, {
        ...init,
        headers: { ...headers, ...identity, ...call.headers },
      });
    },
  };
}

function jsonInit(body: unknown): { body?: string; headers: Record<string, string> } {
  if (body === undefined) return { headers: {} };
  return { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } };
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  const isJson = response.headers.get('content-type')?.includes('json') === true && text !== '';
  return { status: response.status, headers: response.headers, text, json: isJson ? parsed(text) : null };
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** A contact, for tests that need one: its id. */
export async function makeContact(client: Pick<SandboxClient, 'api'>, fields: object = {}): Promise<string> {
  const answer = await client.api('PUT', 'Contacts', {
    body: { Contacts: [{ Name: `Customer ${count++}`, ...fields }] },
  });
  return answer.json.Contacts[0].ContactID;
}

/** The fields of an approved invoice with one line of 100.00 at 8.25 %. */
export const invoiceFor = (contactId: string, fields: object = {}): object => ({
  Type: 'ACCREC',
  Contact: { ContactID: contactId },
  Date: '2026-11-20',
  DueDate: '2026-12-20',
  Status: 'AUTHORISED',
  LineItems: [line()],
  ...fields,
});

/** A line of 100.00 on the sales account. */
export const line = (fields: object = {}): object => ({
  Description: 'Work done',
  Quantity: 1,
  UnitAmount: 100,
  AccountCode: '200',
  TaxType: 'OUTPUT',
  ...fields,
});

/** The messages of a refusal, of whichever form. */
export function messagesOf(answer: Answer): string[] {
  const elements: Json[] =
    answer.json?.Elements ?? Object.values(answer.json ?? {}).find(Array.isArray) ?? [];
  return elements.flatMap((element) =>
    (element.ValidationErrors ?? []).map((one: Json) => one.Message as string),
  );
}

let count = 1;
