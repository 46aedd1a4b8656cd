import { proveBadRecordsStandAlone, proveCreditsAreTold, proveMendedRecordsGo } from './bad-records.js';

describe('records that cannot go into Xero as they are', () => {
  proveBadRecordsStandAlone({
    size: 20,
    records: [
      { kind: 'sum-mismatch', code: 'INVOICE_DOES_NOT_ADD_UP', title: /come to [\d.]+.*total is [\d.]+/ },
      { kind: 'tax-mismatch', code: 'INVOICE_TAX_DOES_NOT_ADD_UP', title: /come to [\d.]+.*tax.*is [\d.]+/ },
      { kind: 'uncharged-line', code: 'INVOICE_DOES_NOT_ADD_UP', title: /come to [\d.]+.*total is [\d.]+/ },
      { kind: 'no-lines', code: 'INVOICE_WITHOUT_LINES', title: /no line/ },
      { kind: 'negative-total', code: 'INVOICE_TOTAL_NEGATIVE', title: /-[\d.]+ USD.*below zero/ },
      { kind: 'foreign-currency', code: 'CURRENCY_NOT_ENABLED', title: /ISK is not enabled in Xero/ },
      { kind: 'invalid-shape', code: 'RECORD_INVALID', title: /cannot be read: / },
      { kind: 'customer-without-name', code: 'CUSTOMER_NAME_MISSING', title: /neither a company name/ },
      { kind: 'item-code-too-long', code: 'ITEM_CODE_TOO_LONG', title: /has \d\d characters.*at most 30/ },
      { kind: 'payment-above-due', code: 'PAYMENT_EXCEEDS_DUE', title: /payment of [\d.]+.*above/ },
    ],
    timeoutMs: 60_000,
  });
});

describe('credits that do not flow', () => {
  proveCreditsAreTold({ size: 10, timeoutMs: 60_000 });
});

describe('a record that is mended', () => {
  proveMendedRecordsGo({ size: 10, timeoutMs: 60_000 });
});
