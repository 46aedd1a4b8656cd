import type { Books } from '../books/books.js';
import { newId } from '../books/ids.js';
import type { App, Authorization } from '../books/records.js';
import type { SandboxClock } from '../clock.js';
import { empty, json, type Reply } from '../wire/reply.js';
import { ACCESS_TOKEN_SECONDS, signToken } from './access-token.js';
import type { AuthorizationCodes } from './codes.js';
import { ALL_SCOPES, DEFAULT_USER, grant, newRefreshToken, revokeAll } from './consent.js';

const REFRESH_LIFE = 60 * 24 * 60 * 60 * 1000;
const GRACE = 30 * 60 * 1000;

/** What the token endpoint works with. */
export interface Identity {
  readonly books: Books;
  readonly clock: SandboxClock;
  readonly codes: AuthorizationCodes;
}

/** A request to the identity server: a form, and the Authorization header. */
export interface FormRequest {
  readonly form: URLSearchParams;
  readonly authorization: string | undefined;
}

/** `POST /connect/token`. */
export function issueTokens(identity: Identity, request: FormRequest): Reply {
  const app = clientOf(identity.books, request);
  if (!app) return failure('invalid_client');
  return identity.books.transact(() => {
    switch (request.form.get('grant_type')) {
      case 'authorization_code':
        return byCode(identity, app, request.form);
      case 'refresh_token':
        return byRefresh(identity, app, request.form.get('refresh_token') ?? '');
      case 'client_credentials':
        return byCredentials(identity, app, request.form.get('scope'));
      default:
        return failure('unsupported_grant_type');
    }
  });
}

/** `POST /connect/revocation`: ends the whole consent that the token belongs to; unknown tokens are fine too. */
export function revoke({ books }: Identity, request: FormRequest): Reply {
  const app = clientOf(books, request);
  if (!app) return failure('invalid_client');
  const token = request.form.get('token') ?? '';
  const found = books.authorizations.by('refresh', token)[0] ?? books.authorizations.by('previous', token)[0];
  if (found?.clientId === app.id) books.transact(() => revokeAll(books, app.id, found.userId));
  return empty(200);
}

/** The tokens of an authorization, as an answer. */
export function tokensOf(authorization: Authorization, now: number): Record<string, unknown> {
  const { refreshToken, scope } = authorization;
  return {
    access_token: signToken(authorization, now),
    token_type: 'Bearer',
    expires_in: ACCESS_TOKEN_SECONDS,
    ...(refreshToken !== null && { refresh_token: refreshToken }),
    scope,
  };
}

const failure = (error: string): Reply => json(400, { error }, { 'cache-control': 'no-store' });

const success = (authorization: Authorization, now: number): Reply =>
  json(200, tokensOf(authorization, now), { 'cache-control': 'no-store' });

function clientOf(books: Books, { form, authorization }: FormRequest): App | null {
  const basic = /^Basic (.+)$/i.exec(authorization ?? '')?.[1];
  const [id = '', ...rest] = basic === undefined ? [] : Buffer.from(basic, 'base64').toString().split(':');
  const app = books.apps.get(basic === undefined ? (form.get('client_id') ?? '') : id);
  const secret = basic === undefined ? form.get('client_secret') : rest.join(':');
  return app?.secret === secret ? (app ?? null) : null;
}

function byCode({ books, clock, codes }: Identity, app: App, form: URLSearchParams): Reply {
  const code = codes.redeem(form.get('code') ?? '');
  if (!code || code.clientId !== app.id || code.redirectUri !== form.get('redirect_uri'))
    return failure('invalid_grant');
  const { userId, scope, tenantIds } = code;
  return success(grant(books, { app, userId, scope, tenantIds }), clock.now());
}

// The current token rotates. The one before it may be tried again for 30 minutes, for the case that the answer was lost;
// that makes the answer that got lost worthless, so two holders of one consent push each other out, as with Xero.
function byRefresh({ books, clock }: Identity, app: App, token: string): Reply {
  const now = clock.now();
  const current = books.authorizations.by('refresh', token)[0];
  const previous = books.authorizations.by('previous', token)[0];
  const found = current ?? previous;
  const late = current ? now - current.issuedAt > REFRESH_LIFE : now - (previous?.rotatedAt ?? 0) > GRACE;
  if (!found || found.revoked || found.clientId !== app.id || late) return failure('invalid_grant');
  const rotated = books.authorizations.put({
    ...found,
    updatedAt: books.stamp(),
    refreshToken: newRefreshToken(),
    issuedAt: now,
    previousToken: token,
    rotatedAt: current ? now : found.rotatedAt,
  });
  return success(rotated, now);
}

function byCredentials({ books, clock }: Identity, app: App, scope: string | null): Reply {
  if (app.customTenantId === null) return failure('unauthorized_client');
  const consent = { app, userId: DEFAULT_USER, scope: scope ?? ALL_SCOPES, tenantIds: [] };
  const granted = {
    ...grant(books, consent),
    id: newId(),
    refreshToken: null,
    customTenantId: app.customTenantId,
  };
  return success(books.authorizations.put(granted), clock.now());
}
