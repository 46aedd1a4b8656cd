import type { Books } from '../books/books.js';
import type { App, Authorization } from '../books/records.js';
import type { SandboxClock } from '../clock.js';
import { problem, type Reply } from '../wire/reply.js';
import { readToken } from './access-token.js';
import { connectionsOf } from './consent.js';

/** Who calls: the app and the authorization of a good token. */
export interface Caller {
  readonly app: App;
  readonly authorization: Authorization;
  readonly scopes: ReadonlySet<string>;
}

const unauthorized = (detail: string, headers: Record<string, string> = {}): Reply =>
  problem(401, 'Unauthorized', detail, headers);

/** The caller of a request, or Xero's 401. */
export function callerOf(books: Books, clock: SandboxClock, header: string | undefined): Caller | Reply {
  const token = /^Bearer (.+)$/i.exec(header ?? '')?.[1];
  const claims = token === undefined ? null : readToken(token);
  if (!claims) return unauthorized('AuthenticationUnsuccessful');
  const expiry = claims.exp * 1000;
  if (expiry <= clock.now())
    return unauthorized(`TokenExpired: token expired at ${new Date(expiry).toISOString()}`);
  const authorization = books.authorizations.get(claims.sid);
  const app = books.apps.get(claims.client_id);
  if (!authorization || authorization.revoked || !app) return unauthorized('AuthenticationUnsuccessful');
  return { app, authorization, scopes: new Set(claims.scope) };
}

/** The tenant that a call may work on, or Xero's 403: the token's user must have opened it to the app. */
export function tenantOf(
  books: Books,
  { app, authorization }: Caller,
  wanted: string | undefined,
): string | Reply {
  const forbidden = problem(403, 'Forbidden', 'AuthenticationUnsuccessful');
  if (authorization.customTenantId !== null) {
    return !wanted || wanted === authorization.customTenantId ? authorization.customTenantId : forbidden;
  }
  const open = connectionsOf(books, app.id, authorization.userId).some(({ tenantId }) => tenantId === wanted);
  return open && wanted !== undefined ? wanted : forbidden;
}

/** Xero's answer to a token without one of these scopes; null when it has one. Reading is open to `.read` too. */
export function missingScope(caller: Caller, scopes: readonly string[], reading: boolean): Reply | null {
  const fine = scopes.some((one) => caller.scopes.has(one) || (reading && caller.scopes.has(`${one}.read`)));
  if (fine) return null;
  return unauthorized('AuthorizationUnsuccessful', {
    'www-authenticate': 'Bearer error="insufficient_scope"',
  });
}
