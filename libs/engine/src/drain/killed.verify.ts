import { proveDrainsSurvive } from '../testing/real/killed-drains.js';
import { provePullsSurvive } from '../testing/real/killed-pulls.js';

const EACH = { every: 1, timeoutMs: 10 * 60_000 };

describe('a worker that is killed at any of its steps', () => {
  proveDrainsSurvive(EACH);
});

describe('a record that was made in Xero, and a worker that is killed at any of its steps', () => {
  provePullsSurvive(EACH);
});
