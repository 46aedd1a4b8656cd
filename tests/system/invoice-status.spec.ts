import { proveInvoiceStatusPolicy } from './invoice-status.js';

describe('invoice status policy', () => {
  proveInvoiceStatusPolicy(120_000);
});
