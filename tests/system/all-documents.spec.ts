import { proveCreditsArrive, provePurchasesArrive } from './all-documents.js';

describe('credit notes, their applications and refunds', () => {
  proveCreditsArrive({ size: 60, timeoutMs: 60_000 });
});

describe('vendors, expenses and purchase orders', () => {
  provePurchasesArrive({ size: 60, timeoutMs: 60_000 });
});
