import { proveConvergence } from './convergence/proof.js';

describe('both sides come to agree after 2,000 edits', () => {
  const seeds = Array.from({ length: 50 }, (_, index) => index + 1);
  proveConvergence({ seeds, edits: 2_000, size: 20, timeoutMs: 1_800_000 });
});
