import { describeWith } from './describe-with.js';
import type { ServiceFindings } from './probe-services.js';
import { publishFindings } from './service-findings.js';

/** What a `describeWith` call registered with Jest. */
interface Registered {
  ran: string[];
  skipped: string[];
  tests: { name: string; run: () => void }[];
}

function register(findings: ServiceFindings, ci: string | undefined): Registered {
  const registered: Registered = { ran: [], skipped: [], tests: [] };
  const real = { describe: globalThis.describe, it: globalThis.it, env: { ...process.env } };
  const fakeDescribe = (name: string, body: () => void): void => {
    registered.ran.push(name);
    body();
  };
  const skip = (name: string): void => void registered.skipped.push(name);
  const fakeIt = (name: string, run: () => void): void => void registered.tests.push({ name, run });
  const stderr = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  Object.assign(globalThis, { describe: Object.assign(fakeDescribe, { skip }), it: fakeIt });
  try {
    publishFindings(findings);
    process.env['CI'] = ci ?? '';
    describeWith(['postgres', 'mariadb'], 'the adapter', () => it('works', () => undefined));
  } finally {
    stderr.mockRestore();
    Object.assign(globalThis, { describe: real.describe, it: real.it });
    process.env = real.env;
  }
  return registered;
}

const up = { available: true, version: '1' } as const;
const down = { available: false, reason: 'no MariaDB at 127.0.0.1:3306' } as const;

describe('describeWith', () => {
  it('runs the block when every server is there', () => {
    const { ran, skipped, tests } = register({ postgres: up, redis: down, mariadb: up }, undefined);
    expect([ran, skipped]).toEqual([['the adapter'], []]);
    expect(tests.map((test) => test.name)).toEqual(['works']);
  });

  it('skips the block and says which server is missing', () => {
    const { ran, skipped } = register({ postgres: up, redis: up, mariadb: down }, undefined);
    expect([ran, skipped]).toEqual([[], ['the adapter [skipped: no MariaDB at 127.0.0.1:3306]']]);
  });

  it('fails instead of skipping in CI', () => {
    const { tests } = register({ postgres: up, redis: up, mariadb: down }, 'true');
    expect(tests).toHaveLength(1);
    expect(() => tests[0]?.run()).toThrow('no MariaDB at 127.0.0.1:3306. In CI nothing is skipped');
  });
});
