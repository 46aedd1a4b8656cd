import { SyncError } from '@sync/domain';
import { z } from 'zod';
import { readMoment } from '../codecs/wire-values.js';
import { exchange, type HttpAnswer, UnansweredError } from '../transport/exchange.js';

const DEADLINE_MS = 20_000;

const connectionsAnswer = z.array(
  z.object({
    id: z.string(),
    authEventId: z.string().nullish(),
    tenantId: z.string(),
    tenantType: z.string(),
    tenantName: z.string().nullish(),
    createdDateUtc: z.string().nullish(),
  }),
);

/** An organisation that an authorization reaches. */
export interface TenantConnection {
  /** What to delete in order to disconnect; it changes when the tenant is connected again. */
  id: string;
  /** Stays the same for good. */
  tenantId: string;
  tenantName: string | null;
  authEventId: string | null;
  createdAt: Date | null;
}

/** The calls about connections; they need a token and no tenant. */
export interface ConnectionCalls {
  /** Organisations (never practices) of a token; with `authEventId` only those of one consent. */
  connections(accessToken: string, authEventId?: string | null): Promise<TenantConnection[]>;
  /** Disconnects one tenant; one that is not there counts as disconnected. */
  deleteConnection(accessToken: string, connectionId: string): Promise<void>;
}

/** Connection calls at this host. */
export function createConnectionCalls(apiUrl: string): ConnectionCalls {
  return {
    connections: async (accessToken, authEventId) => {
      const query = authEventId ? `?authEventId=${encodeURIComponent(authEventId)}` : '';
      return readConnections(await call('GET', `${apiUrl}/connections${query}`, accessToken));
    },
    deleteConnection: async (accessToken, connectionId) => {
      await call('DELETE', `${apiUrl}/connections/${encodeURIComponent(connectionId)}`, accessToken, [404]);
    },
  };
}

function readConnections({ text }: HttpAnswer): TenantConnection[] {
  const answer = connectionsAnswer.safeParse(parsed(text));
  if (!answer.success) throw new SyncError('transient', 'Xero gave an unreadable list of connections');
  return answer.data
    .filter(({ tenantType }) => tenantType === 'ORGANISATION')
    .map((connection) => ({
      id: connection.id,
      tenantId: connection.tenantId,
      tenantName: connection.tenantName ?? null,
      authEventId: connection.authEventId ?? null,
      createdAt: connection.createdDateUtc ? readMoment(connection.createdDateUtc) : null,
    }));
}

async function call(
  method: 'GET' | 'DELETE',
  url: string,
  accessToken: string,
  alsoFine: readonly number[] = [],
): Promise<HttpAnswer> {
  const headers = { authorization: `Bearer ${accessToken}`, accept: 'application/json' };
  const answer = await exchange({ method, url, headers, body: null, deadlineMs: DEADLINE_MS }).catch(
    (error: unknown) => {
      if (!(error instanceof UnansweredError)) throw error;
      throw new SyncError('transient', 'Xero gave no answer about connections', { cause: error });
    },
  );
  if ((answer.status >= 200 && answer.status < 300) || alsoFine.includes(answer.status)) return answer;
  const auth = answer.status === 401 || answer.status === 403;
  throw new SyncError(auth ? 'auth' : 'transient', `Xero answered ${answer.status} about connections`, {
    ...(auth && { code: 'NEEDS_RECONNECT' as const }),
    meta: { status: answer.status, reason: `the token was refused with ${answer.status}` },
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
