import { proveDrainsSurvive } from '../testing/real/killed-drains.js';
import { provePullsSurvive } from '../testing/real/killed-pulls.js';

/** A good share of the steps: `npm run verify` kills at each of them. */
const SOME = { every: 8, timeoutMs: 120_000 };

describe('a worker that is killed', () => {
  proveDrainsSurvive(SOME);
});

describe('a record that was made in Xero', () => {
  provePullsSurvive(SOME);
});
