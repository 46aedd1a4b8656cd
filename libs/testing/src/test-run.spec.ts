import { ageOfTestName, uniqueTestName } from './test-run.js';

describe('names of test databases', () => {
  it('tell their age, so that leftovers of killed runs can be found', () => {
    const age = ageOfTestName(uniqueTestName(), Date.now() + 60_000);
    expect(age).toBeGreaterThanOrEqual(59_000);
    expect(age).toBeLessThan(62_000);
  });

  it.each(['postgres', 'crm_xero_sync', 'sync_test_', 'sync_test_mine', 'production_sync_test_m1abcdef_00'])(
    'leave %s alone: it is not of this making',
    (name) => expect(ageOfTestName(name)).toBeUndefined(),
  );

  it('are never the same', () => {
    expect(new Set(Array.from({ length: 100 }, uniqueTestName)).size).toBe(100);
  });
});
