import { describeWith } from '@sync/testing';
import { provePerfexSync } from './perfex.js';

/** The seeded expense in a currency that its bank account does not have, and the customer without a name. */
const OF_CASES = ['BANK_ACCOUNT_CURRENCY_DIFFERS', 'CUSTOMER_NAME_MISSING'];

describeWith(['mariadb'], 'the cases of a Perfex 2.9.4 database in strict mode', () => {
  provePerfexSync({ database: { shape: '2.9.4', strict: true }, issues: OF_CASES, timeoutMs: 60_000 });
});

describeWith(['mariadb'], '100 invoices of a Perfex 3.4.0 database', () => {
  const volume = { customers: 20, items: 10, invoices: 100, payments: 70, drafts: 3, cancelled: 2 };
  provePerfexSync({
    database: { shape: '3.4.0', strict: false },
    volume,
    issues: [],
    timeoutMs: 60_000,
  });
});
