import type { Stamped } from './stamped.js';

/** An app as it is registered with Xero's developer portal; its id is the client id. */
export interface App extends Stamped {
  readonly secret: string;
  readonly name: string;
  readonly redirectUris: readonly string[];
  /** The one organisation that `client_credentials` reaches. */
  readonly customTenantId: string | null;
}

/** One user's consent to one app, with the refresh tokens that live. */
export interface Authorization extends Stamped {
  readonly clientId: string;
  readonly userId: string;
  readonly scope: string;
  readonly authEventId: string;
  readonly refreshToken: string | null;
  readonly issuedAt: number;
  readonly previousToken: string | null;
  /** When the previous token was first used, ms; it may be tried again for 30 minutes from then. */
  readonly rotatedAt: number;
  readonly revoked: boolean;
  /** Set for `client_credentials`: the only tenant that the token reaches. */
  readonly customTenantId: string | null;
}

/** That a user opened one organisation to one app. */
export interface Connection extends Stamped {
  readonly authEventId: string;
  readonly clientId: string;
  readonly userId: string;
  readonly tenantId: string;
  readonly createdAt: number;
}

/** Settings of the sandbox itself; the clock is the only one. */
export interface Setting extends Stamped {
  readonly value: number;
}

/** Where one app wants to be told of changes; its id is the client id. Chances are from 0 to 1, times in ms. */
export interface Webhook extends Stamped {
  readonly url: string;
  readonly key: string;
  /** How long events are gathered before they go out. */
  readonly delayMs: number;
  /** How many events come later than others that happened after them. */
  readonly disorder: number;
  /** How many events come twice. */
  readonly duplicates: number;
  /** How many events never come. */
  readonly loss: number;
  readonly seed: number;
}
