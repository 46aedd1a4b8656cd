import { openedForBills, proveBills } from './bills.js';

const TIMEOUT_MS = 120_000;

describe('expenses as bills, against the sample CRM', () => {
  const stage = openedForBills(TIMEOUT_MS);

  proveBills(stage, TIMEOUT_MS);
});
