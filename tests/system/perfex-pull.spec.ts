import { describeWith } from '@sync/testing';
import { provePerfexPull } from './perfex-pull.js';

describeWith(['mariadb'], 'what people do in Xero, in a Perfex 3.4.0 database', () => {
  const database = { shape: '3.4.0', strict: false, prefix: 'tbl' } as const;
  provePerfexPull({ database, timeoutMs: 120_000 });
});
