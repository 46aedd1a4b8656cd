import { proveOnceInSpiteOfFaults } from './faults.js';

describe('answers that are lost or spoilt, each in its own way', () => {
  proveOnceInSpiteOfFaults({
    size: 60,
    rules: [
      { kind: '500-before-commit', method: 'WRITE', path: '/TaxRates', nth: 2 },
      { kind: '500-after-commit', method: 'WRITE', path: '/Contacts', nth: 1 },
      { kind: 'html-200', method: 'WRITE', path: '/Items', nth: 1 },
      { kind: 'truncated-body', method: 'WRITE', path: '/Invoices', nth: 1 },
      { kind: 'reset', method: 'WRITE', path: '/Invoices', nth: 2 },
      { kind: 'reset-after-commit', method: 'WRITE', path: '/Payments', nth: 1 },
    ],
    strikes: 6,
    timeoutMs: 90_000,
  });
});

describe('answers that are lost after Xero did what it was asked, and keys that Xero forgets', () => {
  proveOnceInSpiteOfFaults({
    size: 60,
    rules: [
      { kind: 'forget-idempotency-keys' },
      { kind: '500-after-commit', method: 'WRITE', path: '/TaxRates', nth: 1 },
      { kind: 'reset-after-commit', method: 'WRITE', path: '/Invoices', nth: 1 },
      { kind: '500-after-commit', method: 'WRITE', path: '/Payments', nth: 1 },
    ],
    strikes: 3,
    timeoutMs: 90_000,
  });
});
