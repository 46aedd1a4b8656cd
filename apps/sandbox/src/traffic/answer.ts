import { type Caller, callerOf, missingScope, tenantOf } from '../identity/access.js';
import { deleteConnection, listConnections } from '../identity/connections.js';
import { issueTokens, revoke } from '../identity/token-endpoint.js';
import { dispatch, resourceNamed } from '../resources/dispatch.js';
import type { Sandbox } from '../sandbox.js';
import { notFound, type Reply, text } from '../wire/reply.js';
import { header, type XeroRequest } from './xero-request.js';

/** A request that has been looked at: who asks about which tenant, and how to answer it. */
export interface Visit {
  readonly clientId: string | null;
  readonly tenantId: string | null;
  /** Whether the call counts against the limits: those of a known app on a tenant that is open to it. */
  readonly counted: boolean;
  readonly answer: () => Reply;
}

const API = '/api.xro/2.0';

/** Finds out what a request is about; nothing happens until its `answer` is called. */
export function visitOf(sandbox: Sandbox, request: XeroRequest): Visit {
  if (request.path === API || request.path.startsWith(`${API}/`)) return apiVisit(sandbox, request);
  return { clientId: null, tenantId: null, counted: false, answer: () => identityAnswer(sandbox, request) };
}

function identityAnswer(sandbox: Sandbox, request: XeroRequest): Reply {
  const query = new URLSearchParams(request.query);
  const form = new URLSearchParams(request.body);
  const credentials = { form, authorization: header(request, 'authorization') };
  const path = request.path.replace(/^\/identity\/connect/, '/connect');
  switch (`${request.method} ${path}`) {
    case 'POST /connect/token':
      return issueTokens(sandbox, credentials);
    case 'POST /connect/revocation':
      return revoke(sandbox, credentials);
    case 'GET /connect/authorize':
      return sandbox.authorizePage.ask(query);
    case 'POST /connect/authorize':
      return sandbox.authorizePage.decide(query, form);
    default:
      return path.startsWith('/connections') ? connectionsAnswer(sandbox, request, query) : notFound();
  }
}

function connectionsAnswer({ books, clock }: Sandbox, request: XeroRequest, query: URLSearchParams): Reply {
  const caller = callerOf(books, clock, header(request, 'authorization'));
  if ('status' in caller) return caller;
  const id = /^\/connections\/([^/]+)$/.exec(request.path)?.[1];
  if (request.method === 'GET' && id === undefined)
    return listConnections(books, caller, query.get('authEventId'));
  if (request.method === 'DELETE' && id !== undefined) return deleteConnection(books, caller, id);
  return text(501, 'The method is not implemented for this resource');
}

function apiVisit(sandbox: Sandbox, request: XeroRequest): Visit {
  const { books, clock } = sandbox;
  const caller = callerOf(books, clock, header(request, 'authorization'));
  if ('status' in caller) return { clientId: null, tenantId: null, counted: false, answer: () => caller };
  const tenant = tenantOf(books, caller, header(request, 'xero-tenant-id'));
  const clientId = caller.app.id;
  if (typeof tenant !== 'string') return { clientId, tenantId: null, counted: false, answer: () => tenant };
  return {
    clientId,
    tenantId: tenant,
    counted: true,
    answer: () => apiAnswer(sandbox, request, caller, tenant),
  };
}

function apiAnswer(sandbox: Sandbox, request: XeroRequest, caller: Caller, tenantId: string): Reply {
  const { books, clock } = sandbox;
  const segments = segmentsOf(request.path.slice(API.length));
  const scopes = resourceNamed(segments[0])?.scopes;
  const refused = scopes && missingScope(caller, scopes, request.method === 'GET');
  if (refused) return refused;
  return dispatch({
    method: request.method,
    segments,
    query: new URLSearchParams(request.query),
    headers: { 'if-modified-since': header(request, 'if-modified-since') },
    body: request.body,
    app: caller.app,
    tenant: books.tenant(tenantId),
    books,
    clock,
  });
}

// A segment that is not well encoded names nothing.
function segmentsOf(path: string): string[] {
  return path
    .split('/')
    .filter((segment) => segment !== '')
    .map((segment) =>
      URL.canParse(`x:/${segment}`) && isEncoded(segment) ? decodeURIComponent(segment) : segment,
    );
}

const isEncoded = (segment: string): boolean => !/%(?![0-9a-f]{2})/i.test(segment);
