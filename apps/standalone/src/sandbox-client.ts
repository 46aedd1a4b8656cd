/** What the standalone start asks of the sandbox, over its control routes. */
export interface SandboxClient {
  /** The consent of a Xero user, given by machine. */
  authorize(): Promise<{ refreshToken: string }>;
  /** What the sample CRM holds and should be in Xero. */
  crmLedger(): Promise<Ledger>;
  /** What is in Xero. */
  ledger(tenantId: string): Promise<Ledger>;
}

/** Counts and sums by entity; amounts are decimal strings. */
export type Ledger = Record<string, { count: number; total: string; tax: string; paid: string; due: string }>;

/** A client of the sandbox at this address. */
export function createSandboxClient(url: string): SandboxClient {
  return {
    authorize: async () => {
      const tokens = (await ask(`${url}/_sandbox/authorize`, {})) as { refresh_token: string };
      return { refreshToken: tokens.refresh_token };
    },
    crmLedger: async () => ((await ask(`${url}/_sandbox/crm-ledger`)) as { entities: Ledger }).entities,
    ledger: async (tenantId) => {
      const { tenants } = (await ask(`${url}/_sandbox/ledger`)) as {
        tenants: { tenantId: string; entities: Ledger }[];
      };
      return tenants.find((tenant) => tenant.tenantId === tenantId)?.entities ?? {};
    },
  };
}

async function ask(url: string, body?: object): Promise<unknown> {
  const request = body
    ? { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    : {};
  const response = await fetch(url, request);
  if (!response.ok) throw new Error(`The sandbox answered ${response.status} to ${new URL(url).pathname}`);
  return response.json();
}
