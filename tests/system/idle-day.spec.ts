import { proveIdleIsFrugal } from './idle-day.js';

/** What is read every four hours or less often has no turn in this time: the whole day is counted in the full form. */
describe('an idle organization, for three hours', () => {
  proveIdleIsFrugal({ hours: 3, most: 31, afterHours: 0, timeoutMs: 120_000 });
});
