import { createHmac, randomBytes } from 'node:crypto';
import type { Request, Response } from 'express';
import { sameSecret } from './same-secret.js';

/** How the login form proves that it was served here, without a session for every stranger who looks at it. */
export interface FormToken {
  /** Sets the cookie and returns the token for the form's hidden field. */
  issue(res: Response): string;
  /** Whether the form's token is the cookie's, and ours. */
  check(req: Request, given: string): boolean;
}

const name = 'form-token';

function cookieOf(req: Request): string | undefined {
  const cookies = (req.headers.cookie ?? '').split(';').map((part) => part.trim());
  return cookies.find((part) => part.startsWith(`${name}=`))?.slice(name.length + 1);
}

/** Tokens signed with the session secret, so that nobody can plant a cookie of his own making. */
export function formToken({ secret, secure }: { secret: string; secure: boolean }): FormToken {
  const sign = (nonce: string) => createHmac('sha256', secret).update(`form ${nonce}`).digest('base64url');
  return {
    issue(res) {
      const nonce = randomBytes(16).toString('base64url');
      const token = `${nonce}.${sign(nonce)}`;
      res.cookie(name, token, { httpOnly: true, sameSite: 'strict', secure, path: '/login' });
      return token;
    },
    check(req, given) {
      const [nonce = '', signature = ''] = given.split('.');
      return sameSecret(given, cookieOf(req) ?? '') && sameSecret(signature, sign(nonce));
    },
  };
}
