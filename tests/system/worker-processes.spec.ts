import { missingServices } from '@sync/testing';
import { proveSurvival } from './kill-proof.js';
import { proveRate } from './rate-backfill.js';

/**
 * In one file, and so one after the other: each has worker processes of its own, and their connections together are
 * more than a Postgres as it comes lets in. For the same reason their queues are in Redis where there is one; in full the
 * proofs are made with both.
 */
const queues = missingServices(['redis']).length === 0 ? 'redis' : 'postgres';

describe('a backfill by two workers, with events on the way', () => {
  proveRate({ size: 300, latencyMs: 500, queues, eventPauseMs: 300, timeoutMs: 120_000 });
});

describe('workers that are killed', () => {
  proveSurvival({
    size: 150,
    latencyMs: 0,
    crmLatencyMs: 500,
    kills: 2,
    strikeWithinMs: 500,
    betweenCalls: true,
    takeovers: 1,
    queues,
    timeoutMs: 180_000,
  });
});
