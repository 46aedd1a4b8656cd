import { proveInitialSync } from './initial-sync.js';

describe('the first sync of 200 invoices', () => {
  proveInitialSync({ size: 200, spare: 3, timeoutMs: 120_000 });
});
