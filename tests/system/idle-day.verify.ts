import { proveIdleIsFrugal } from './idle-day.js';

describe('an idle organization, for a whole day on which the weekly listings of everything are due', () => {
  proveIdleIsFrugal({ hours: 24, most: 250, afterHours: 7 * 24, timeoutMs: 900_000 });
});
