import { BY_BEAT, OFTEN, proveDelays, TOLD } from './delays.js';

describe('a change in Xero of which a webhook tells reaches the CRM within a minute', () => {
  proveDelays({ atMost: TOLD, webhooks: true, stepMs: 1_500, timeoutMs: 120_000 });
});

describe('a change in Xero of which nothing tells reaches the CRM within a quarter of an hour', () => {
  proveDelays({ atMost: OFTEN, webhooks: false, stepMs: 15_000, timeoutMs: 120_000 });
});

describe('a change in Xero of which nothing tells reaches the CRM within the beat of its kind', () => {
  proveDelays({ atMost: BY_BEAT, webhooks: false, stepMs: 60_000, timeoutMs: 900_000 });
});
