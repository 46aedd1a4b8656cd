import { BILLS, proveBills } from './bills.js';
import { openedBothWays } from './both-sides.js';

const TIMEOUT_MS = 120_000;

describe('expenses as bills, against the sample CRM', () => {
  const stage = openedBothWays({ settings: BILLS }, TIMEOUT_MS);

  proveBills(stage, TIMEOUT_MS);
});
