export { createXero, type XeroOptions } from './create-xero.js';
export { authEventIdOf } from './oauth/auth-event-id.js';
export type { ConnectionCalls, TenantConnection } from './oauth/connections.js';
export { createXeroOAuth, type XeroOAuth, type XeroOAuthOptions } from './oauth/oauth-client.js';
export { XERO_SCOPES } from './oauth/scopes.js';
export { createTokenSource, type TokenSource } from './oauth/token-source.js';
export type { ObservedCall, XeroLog, XeroMetrics } from './observers.js';
export { readWebhook, type XeroWebhook } from './webhooks/read-webhook.js';
export { isSignedByXero } from './webhooks/signature.js';
