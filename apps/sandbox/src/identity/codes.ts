import { randomBytes } from 'node:crypto';
import type { SandboxClock } from '../clock.js';

/** What a code stands for until the app redeems it. */
export interface Code {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly userId: string;
  readonly scope: string;
  readonly tenantIds: readonly string[];
}

/** Authorization codes: single use, five minutes, gone with the process. */
export interface AuthorizationCodes {
  issue(code: Code): string;
  redeem(text: string): Code | null;
}

const LIFE = 5 * 60 * 1000;

export function createCodes(clock: SandboxClock): AuthorizationCodes {
  const open = new Map<string, Code & { readonly until: number }>();
  return {
    issue: (code) => {
      const text = randomBytes(24).toString('base64url');
      open.set(text, { ...code, until: clock.now() + LIFE });
      return text;
    },
    redeem: (text) => {
      const found = open.get(text);
      open.delete(text);
      return found && found.until >= clock.now() ? found : null;
    },
  };
}
