import { describeWith } from '@sync/testing';
import { proveRate } from './rate-backfill.js';

const proof = { size: 10_000, latencyMs: 3000, eventPauseMs: 12_000, timeoutMs: 20 * 60_000 };

describeWith(['redis'], 'a backfill of 10,000 invoices by two workers, queues in Redis', () => {
  proveRate({ ...proof, queues: 'redis' });
});

describe('a backfill of 10,000 invoices by two workers, queues in Postgres', () => {
  proveRate({ ...proof, queues: 'postgres' });
});
