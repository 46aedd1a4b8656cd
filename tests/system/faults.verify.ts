import { proveOnceInSpiteOfFaults } from './faults.js';
import type { FaultRule } from './sandbox-control.js';

const FORGETFUL: FaultRule = { kind: 'forget-idempotency-keys' };

describe.each(['500-after-commit', 'timeout-after-commit'])('%s on every tenth writing call', (kind) => {
  const rules = [{ kind, every: 10, method: 'WRITE' }];
  describe.each([
    ['Xero knowing its keys', rules],
    ['Xero forgetting its keys', [FORGETFUL, ...rules]],
  ])('%s', (_name, given) => {
    proveOnceInSpiteOfFaults({ size: 1000, rules: given, strikes: 4, timeoutMs: 15 * 60_000 });
  });
});

describe.each(['500-before-commit', 'reset', 'reset-after-commit', 'truncated-body', 'html-200'])(
  '%s on every tenth writing call, Xero forgetting its keys',
  (kind) => {
    const rules = [FORGETFUL, { kind, every: 10, method: 'WRITE' }];
    proveOnceInSpiteOfFaults({ size: 1000, rules, strikes: 4, timeoutMs: 15 * 60_000 });
  },
);

describe.each(['500-after-commit', 'timeout-after-commit'] as const)('%s on every payment call', (kind) => {
  const rules = [FORGETFUL, { kind, method: 'WRITE', path: '/Payments', times: 6 }];
  proveOnceInSpiteOfFaults({ size: 300, rules, strikes: 4, timeoutMs: 15 * 60_000 });
});
