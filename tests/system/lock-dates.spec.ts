import { proveLockedDatesMove } from './lock-dates.js';

describe('what is dated into a locked period, where dates may be moved', () => {
  proveLockedDatesMove(120_000);
});
