import { createHmac, timingSafeEqual } from 'node:crypto';
import { newId } from '../books/ids.js';
import type { Authorization } from '../books/records.js';

/** How long an access token lives, in seconds. */
export const ACCESS_TOKEN_SECONDS = 1800;

// The sandbox protects nothing: a fixed key lets tokens outlive a restart without being kept.
const KEY = 'the stand-in signs with a key that everyone may know';

/** What a token says; names as in Xero's own tokens, times in seconds of sandbox time. */
export interface Claims {
  readonly exp: number;
  readonly nbf: number;
  readonly client_id: string;
  readonly xero_userid: string;
  readonly authentication_event_id: string;
  readonly scope: readonly string[];
  readonly jti: string;
  /** The authorization that the token belongs to; Xero has a session id here. */
  readonly sid: string;
}

/** Makes an access token for an authorization; `now` in ms of sandbox time. */
export function signToken(authorization: Authorization, now: number): string {
  const seconds = Math.floor(now / 1000);
  const claims: Claims = {
    nbf: seconds,
    exp: seconds + ACCESS_TOKEN_SECONDS,
    client_id: authorization.clientId,
    xero_userid: authorization.userId,
    authentication_event_id: authorization.authEventId,
    scope: authorization.scope.split(' '),
    jti: newId(),
    sid: authorization.id,
  };
  const head = `${encode({ alg: 'HS256', typ: 'JWT' })}.${encode(claims)}`;
  return `${head}.${sign(head)}`;
}

/** The claims of a token that this sandbox made; null for any other text. Expiry is for the caller to judge. */
export function readToken(token: string): Claims | null {
  const [header = '', payload = '', signature = ''] = token.split('.');
  const expected = Buffer.from(sign(`${header}.${payload}`));
  const given = Buffer.from(signature);
  if (expected.length !== given.length || !timingSafeEqual(expected, given)) return null;
  return JSON.parse(Buffer.from(payload, 'base64url').toString()) as Claims;
}

const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const sign = (text: string): string => createHmac('sha256', KEY).update(text).digest('base64url');
