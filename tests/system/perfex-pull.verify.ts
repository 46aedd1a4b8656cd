import { describeWith } from '@sync/testing';
import { provePerfexPull } from './perfex-pull.js';

const DATABASES = (['3.4.0', '2.9.4'] as const).flatMap((shape) =>
  [true, false].map((strict) => ({ shape, strict, prefix: strict ? 'crm_' : 'tbl' })),
);

for (const database of DATABASES) {
  const { shape, strict } = database;
  const name = `what people do in Xero, in a Perfex ${shape} database, ${strict ? 'strict' : 'not strict'}`;
  describeWith(['mariadb'], name, () => {
    provePerfexPull({ database, timeoutMs: 120_000 });
  });
}
