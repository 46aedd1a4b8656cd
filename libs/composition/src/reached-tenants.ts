import type { XeroOAuth } from '@sync/xero';

/** A tenant that a consent reaches, and the id of its connection in Xero. */
export interface ReachedTenant {
  tenantId: string;
  tenantName: string;
  xeroConnectionId: string;
}

/** The organisations that these tokens reach. */
export async function reachedTenants(oauth: XeroOAuth, accessToken: string): Promise<ReachedTenant[]> {
  const connections = await oauth.connections(accessToken);
  return connections.map(({ id, tenantId, tenantName }) => ({
    tenantId,
    tenantName: tenantName ?? tenantId,
    xeroConnectionId: id,
  }));
}
