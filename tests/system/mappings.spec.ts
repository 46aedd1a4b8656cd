import { proveMissingMappingsPark, proveNothingIsPostedUnconfirmed } from './mappings.js';

describe('mappings that nobody has confirmed', () => {
  proveNothingIsPostedUnconfirmed(40_000);
});

describe('a mapping that is missing', () => {
  proveMissingMappingsPark(40_000);
});
