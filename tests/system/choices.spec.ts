import { proveChoicesAreTaken, proveMassChangesAreHeld } from './choices.js';

describe('a record that both sides changed', () => {
  proveChoicesAreTaken(60_000);
});

describe('more voids than usual', () => {
  proveMassChangesAreHeld(60_000);
});
