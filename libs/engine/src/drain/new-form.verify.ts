import { proveNewFormWritesNothing } from '../testing/real/new-form.js';

describe('a release that changes the form in which records are kept', () => {
  proveNewFormWritesNothing(1000);
});
