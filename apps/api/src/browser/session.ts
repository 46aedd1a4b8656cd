import { createHmac } from 'node:crypto';
import type { ApiConfig } from '@sync/config';
import type { Request, RequestHandler } from 'express';
import session, { type Store } from 'express-session';
import { sameSecret } from './same-secret.js';

declare module 'express-session' {
  interface SessionData {
    /** Stands for the login that made this session; see {@link credentialOf}. */
    credential: string;
  }
}

const twelveHoursMs = 12 * 60 * 60 * 1000;

/** Cookies travel over https only, where browsers come by https. */
export function isSecure({ publicUrl }: Pick<ApiConfig, 'publicUrl'>): boolean {
  return publicUrl?.startsWith('https:') ?? false;
}

/** Sessions of the admin pages, kept in the store; strangers get none. */
export function sessions(config: ApiConfig, store: Store): RequestHandler {
  return session({
    store,
    secret: config.sessionSecret,
    name: isSecure(config) ? '__Host-session' : 'session',
    resave: false,
    saveUninitialized: false,
    rolling: true,
    // Behind a proxy that ends TLS the request itself is plain; without this no Secure cookie would ever be set.
    proxy: isSecure(config),
    cookie: { httpOnly: true, sameSite: 'lax', secure: isSecure(config), path: '/', maxAge: twelveHoursMs },
  });
}

/** Changes with e-mail and password, so that a change of either ends every session. Null: nobody can log in. */
export function credentialOf({ admin, sessionSecret }: ApiConfig): string | null {
  if (admin === null) return null;
  return createHmac('sha256', sessionSecret)
    .update(JSON.stringify([admin.email, admin.password]))
    .digest('base64');
}

/** Whether this request belongs to the admin. */
export function isAdmin(req: Request, config: ApiConfig): boolean {
  const expected = credentialOf(config);
  const { credential } = req.session;
  return expected !== null && credential !== undefined && sameSecret(credential, expected);
}

/** Gives the session a new id, so that one that was planted before the login is worth nothing after it. */
export async function renewSession(req: Request, credential: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    req.session.regenerate((error: unknown) => (error ? reject(asError(error)) : resolve()));
  });
  req.session.credential = credential;
  await new Promise<void>((resolve, reject) => {
    req.session.save((error: unknown) => (error ? reject(asError(error)) : resolve()));
  });
}

/** Ends the session. */
export async function endSession(req: Request): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    req.session.destroy((error: unknown) => (error ? reject(asError(error)) : resolve()));
  });
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('The session store failed', { cause: error });
}
