import { describeWith } from '@sync/testing';
import { proveSurvival } from './kill-proof.js';

const proof = {
  size: 4000,
  latencyMs: 800,
  crmLatencyMs: 0,
  kills: 20,
  strikeWithinMs: 1500,
  betweenCalls: false,
  takeovers: 3,
  timeoutMs: 25 * 60_000,
};

describeWith(['redis'], 'workers that are killed, and a Redis that is flushed', () => {
  proveSurvival({ ...proof, queues: 'redis' });
});

describe('workers that are killed, queues in Postgres', () => {
  proveSurvival({ ...proof, queues: 'postgres' });
});
