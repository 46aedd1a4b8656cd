import { proveOnceInSpiteOfFaults } from './faults.js';

const WRITE = { method: 'WRITE' };

describe('answers that are lost or spoilt, each in its own way, and keys that Xero forgets', () => {
  proveOnceInSpiteOfFaults({
    size: 120,
    rules: [
      { kind: 'forget-idempotency-keys' },
      { ...WRITE, kind: '500-after-commit', path: '/TaxRates', nth: 1 },
      { ...WRITE, kind: '500-before-commit', path: '/TaxRates', nth: 2 },
      { ...WRITE, kind: 'html-200', path: '/TaxRates', nth: 3 },
      { ...WRITE, kind: 'truncated-body', path: '/Invoices', nth: 1 },
      { ...WRITE, kind: 'reset', path: '/Invoices', nth: 2 },
      { ...WRITE, kind: 'reset-after-commit', path: '/Invoices', nth: 3 },
      { ...WRITE, kind: '500-after-commit', path: '/Payments', nth: 1 },
      { ...WRITE, kind: 'reset-after-commit', path: '/Payments', nth: 2 },
    ],
    strikes: 8,
    timeoutMs: 60_000,
  });
});
