import { proveLimitIsObeyed } from './too-many-calls.js';

describe.each(['429-minute', '429-appminute'] as const)('Xero answering %s with a Retry-After', (kind) => {
  proveLimitIsObeyed({ kind, waitMs: 30_000, size: 300, timeoutMs: 180_000 });
});
