import { openedBothWays } from './both-sides.js';
import {
  FEATURES,
  proveConflictPolicies,
  proveGoneBothWays,
  proveItemsBothWays,
  proveMergedContacts,
  proveNoEcho,
} from './features.js';

const TIMEOUT_MS = 120_000;

describe('features, against the sample CRM', () => {
  const stage = openedBothWays({ settings: FEATURES }, TIMEOUT_MS);

  describe('conflict policy', () => {
    proveConflictPolicies(stage, TIMEOUT_MS);
  });

  describe('echo protection', () => {
    proveNoEcho(stage, TIMEOUT_MS);
  });

  describe('deletes, voids and cancels both ways', () => {
    proveGoneBothWays(stage, TIMEOUT_MS);
  });

  describe('items both ways', () => {
    proveItemsBothWays(stage, TIMEOUT_MS);
  });

  describe('merged contact followed', () => {
    proveMergedContacts(stage, TIMEOUT_MS);
  });
});
