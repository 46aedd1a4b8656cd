import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether Xero signed these bytes: `signature` is the header `x-xero-signature`, `key` the app's webhook key. The bytes must
 * be those that came, before anybody read them as JSON. Takes the same time for any wrong signature.
 */
export function isSignedByXero(body: Uint8Array, signature: string | undefined, key: string): boolean {
  if (key === '' || signature === undefined) return false;
  const expected = Buffer.from(createHmac('sha256', key).update(body).digest('base64'));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
