import { proveRate } from './rate-backfill.js';

describe('a backfill by two workers, with events on the way', () => {
  proveRate({ size: 300, latencyMs: 500, queues: 'postgres', eventPauseMs: 300, timeoutMs: 90_000 });
});
