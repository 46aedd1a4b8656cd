import { openedBothWays } from './both-sides.js';
import { proveDependenciesFlowBack, proveToXeroDefaults, proveTwoWayDefaults } from './directions.js';

const TIMEOUT_MS = 120_000;

describe('the directions of an organization that chose none', () => {
  const stage = openedBothWays({}, TIMEOUT_MS);

  describe('what flows both ways', () => {
    proveTwoWayDefaults(stage, TIMEOUT_MS);
  });

  describe('what flows into Xero only', () => {
    proveToXeroDefaults(stage, TIMEOUT_MS);
  });

  describe('what invoices bring along', () => {
    proveDependenciesFlowBack(stage, TIMEOUT_MS);
  });
});
