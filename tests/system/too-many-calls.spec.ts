import { proveDayLimitIsToldAndObeyed, proveLimitIsObeyed } from './too-many-calls.js';

describe('Xero saying that too many calls are open', () => {
  proveLimitIsObeyed({ kind: '429-concurrent', waitMs: 2_000, size: 20, timeoutMs: 40_000 });
});

describe('Xero saying that the calls of the day are used up', () => {
  proveDayLimitIsToldAndObeyed({ size: 20, timeoutMs: 40_000 });
});
