import { type Clock, SyncError } from '@sync/domain';
import type { XeroTokens } from '@sync/engine';
import { z } from 'zod';

const tokenAnswer = z.object({
  access_token: z.string().min(1),
  refresh_token: z.string().min(1).optional(),
  /** Seconds; 1,800 as a rule. */
  expires_in: z.number().positive(),
});

/** Reads the answer of the token endpoint. Throws `transient`, and quotes nothing of the answer, if it is unreadable. */
export function readTokens(text: string, clock: Clock): XeroTokens {
  const answer = tokenAnswer.safeParse(parsed(text));
  if (!answer.success) {
    throw new SyncError('transient', 'Xero gave an unreadable answer to a request for tokens');
  }
  return {
    accessToken: answer.data.access_token,
    refreshToken: answer.data.refresh_token ?? null,
    accessExpiresAt: new Date(clock.now().getTime() + answer.data.expires_in * 1000),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // The parser's own error quotes the text, which may hold a token.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
