import { randomBytes } from 'node:crypto';
import type { Books } from '../books/books.js';
import { fixedId, newId } from '../books/ids.js';
import type { App, Authorization, Connection } from '../books/records.js';

/** The scopes that an app of today gets when it names none. */
export const ALL_SCOPES =
  'offline_access accounting.contacts accounting.settings accounting.invoices accounting.payments accounting.banktransactions';

/** The one person who uses the sandbox when nobody else is named. */
export const DEFAULT_USER = fixedId('user', 'Sam Bookkeeper');

/** A user's yes to an app, for some organisations. */
export interface Consent {
  readonly app: App;
  readonly userId: string;
  readonly scope: string;
  readonly tenantIds: readonly string[];
}

/** Writes down a consent: a new authorization, and a connection for each organisation. */
export function grant(books: Books, { app, userId, scope, tenantIds }: Consent): Authorization {
  const now = books.stamp();
  const authEventId = newId();
  for (const tenantId of tenantIds) connect(books, { app, userId, tenantId, authEventId });
  return books.authorizations.put({
    id: newId(),
    updatedAt: now,
    clientId: app.id,
    userId,
    scope,
    authEventId,
    refreshToken: scope.split(' ').includes('offline_access') ? newRefreshToken() : null,
    issuedAt: now,
    previousToken: null,
    rotatedAt: 0,
    revoked: false,
    customTenantId: null,
  });
}

/** A fresh refresh token: opaque. */
export const newRefreshToken = (): string => randomBytes(32).toString('base64url');

// Connecting an organisation again keeps the connection and moves its update time.
function connect(
  books: Books,
  { app, userId, tenantId, authEventId }: { app: App; userId: string; tenantId: string; authEventId: string },
): Connection {
  const now = books.stamp();
  const known = connectionsOf(books, app.id, userId).find((one) => one.tenantId === tenantId);
  const fresh = { id: newId(), clientId: app.id, userId, tenantId, createdAt: now };
  return books.connections.put({ ...(known ?? fresh), updatedAt: now, authEventId });
}

/** The organisations that a user has opened to an app. */
export const connectionsOf = (books: Books, clientId: string, userId: string): Connection[] =>
  books.connections.by('user', `${clientId}/${userId}`);

/** Ends a user's consent to an app: all of its tokens and connections. */
export function revokeAll(books: Books, clientId: string, userId: string): void {
  for (const one of connectionsOf(books, clientId, userId)) books.connections.delete(one.id);
  for (const one of books.authorizations.by('user', `${clientId}/${userId}`)) {
    books.authorizations.put({ ...one, updatedAt: books.stamp(), revoked: true });
  }
}
