import { z } from 'zod';

const claims = z.object({ authentication_event_id: z.string().min(1) });

/**
 * The consent that an access token came from: `connections` narrowed by it lists exactly what was just allowed. Null:
 * the token is no JWT or names none. Its signature is not checked, since it came straight from Xero.
 */
export function authEventIdOf(accessToken: string): string | null {
  const payload = accessToken.split('.')[1];
  if (payload === undefined) return null;
  try {
    const text = Buffer.from(payload, 'base64url').toString('utf8');
    return claims.parse(JSON.parse(text)).authentication_event_id;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}
