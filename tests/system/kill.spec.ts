import { proveSurvival } from './kill-proof.js';

describe('workers that are killed', () => {
  proveSurvival({
    size: 150,
    latencyMs: 0,
    crmLatencyMs: 500,
    kills: 2,
    strikeWithinMs: 500,
    betweenCalls: true,
    takeovers: 1,
    queues: 'postgres',
    timeoutMs: 180_000,
  });
});
