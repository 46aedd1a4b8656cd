import { proveOnceInSpiteOfFaults } from './faults.js';
import type { FaultRule } from './sandbox-control.js';

const FORGETFUL: FaultRule = { kind: 'forget-idempotency-keys' };
const KINDS = [
  '500-before-commit',
  '500-after-commit',
  'timeout-after-commit',
  'reset',
  'reset-after-commit',
  'truncated-body',
  'html-200',
] as const;

describe.each(KINDS)('%s on every tenth writing call', (kind) => {
  const rules = [{ kind, every: 10, method: 'WRITE' }];
  describe.each([
    ['Xero knowing its keys', rules],
    ['Xero forgetting its keys', [FORGETFUL, ...rules]],
  ])('%s', (_name, given) => {
    proveOnceInSpiteOfFaults({ size: 1000, rules: given, strikes: 4, timeoutMs: 15 * 60_000 });
  });
});

describe.each(['500-after-commit', 'timeout-after-commit'] as const)('%s on every payment call', (kind) => {
  const rules = [FORGETFUL, { kind, method: 'WRITE', path: '/Payments', times: 6 }];
  proveOnceInSpiteOfFaults({ size: 300, rules, strikes: 4, timeoutMs: 15 * 60_000 });
});
