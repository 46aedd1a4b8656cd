import { proveConvergence } from './convergence/proof.js';

describe('both sides come to agree after 200 edits', () => {
  proveConvergence({ seeds: [5, 7, 8], edits: 200, size: 20, timeoutMs: 180_000 });
});
