import { describeWith } from '@sync/testing';
import { SAMPLE_VOLUME } from '../../libs/testing/src/perfex/index.js';
import { provePerfexSync } from './perfex.js';

const SHAPES = ['3.4.0', '2.9.4'] as const;
const MODES = [true, false];
const DATABASES = SHAPES.flatMap((shape) => MODES.map((strict) => ({ shape, strict })));
const OF_CASES = ['BANK_ACCOUNT_CURRENCY_DIFFERS', 'CUSTOMER_NAME_MISSING'];

for (const database of DATABASES) {
  const name = `Perfex ${database.shape}, ${database.strict ? 'strict' : 'not strict'}`;
  describeWith(['mariadb'], `${name}: one record for each case`, () => {
    provePerfexSync({ database, issues: OF_CASES, timeoutMs: 120_000 });
  });
  describeWith(['mariadb'], `${name}: 1,000 invoices`, () => {
    provePerfexSync({ database, volume: SAMPLE_VOLUME, issues: [], timeoutMs: 300_000 });
  });
}
