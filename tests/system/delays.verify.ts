import { BY_BEAT, proveDelays } from './delays.js';

describe('a change in Xero of which nothing tells reaches the CRM within the beat of its kind', () => {
  proveDelays({ atMost: BY_BEAT, webhooks: false, stepMs: 60_000, timeoutMs: 900_000 });
});
