import type { Books } from '../books/books.js';
import type { Connection } from '../books/records.js';
import { empty, json, notFound, type Reply } from '../wire/reply.js';
import type { Caller } from './access.js';
import { connectionsOf } from './consent.js';

/** `GET /connections[?authEventId=]`: the organisations that this user has opened to this app. */
export function listConnections(
  books: Books,
  { app, authorization }: Caller,
  authEventId: string | null,
): Reply {
  const open = connectionsOf(books, app.id, authorization.userId);
  return json(
    200,
    open
      .filter((one) => authEventId === null || one.authEventId === authEventId)
      .map((one) => view(books, one)),
  );
}

/** `DELETE /connections/{id}`: takes the connection's own id, not the tenant's. */
export function deleteConnection(books: Books, { app, authorization }: Caller, id: string): Reply {
  const found = books.connections.get(id);
  if (found?.clientId !== app.id || found.userId !== authorization.userId) return notFound();
  books.transact(() => books.connections.delete(id));
  return empty(204);
}

const view = (books: Books, one: Connection): Record<string, unknown> => ({
  id: one.id,
  authEventId: one.authEventId,
  tenantId: one.tenantId,
  tenantType: 'ORGANISATION',
  tenantName: books.organisations.get(one.tenantId)?.name ?? null,
  createdDateUtc: precise(one.createdAt),
  updatedDateUtc: precise(one.updatedAt),
});

// Without a zone and with seven decimals, as Xero writes it here.
const precise = (ms: number): string => `${new Date(ms).toISOString().slice(0, 23)}0000`;
