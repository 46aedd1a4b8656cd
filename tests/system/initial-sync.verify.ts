import { proveInitialSync } from './initial-sync.js';

describe('the first sync of 1,000 invoices', () => {
  proveInitialSync({ size: 1000, spare: 3, timeoutMs: 300_000 });
});
