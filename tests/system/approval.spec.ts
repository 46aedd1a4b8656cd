import { proveDraftsAreFound } from './approval.js';

describe('a user who may no longer approve invoices', () => {
  proveDraftsAreFound({ size: 60, timeoutMs: 40_000 });
});
