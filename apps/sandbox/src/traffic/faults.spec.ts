import { type Json, openClient, type SandboxClient } from '../testing/sandbox-client.js';
import { FaultPlan } from './faults.js';

describe('Faults', () => {
  let client: SandboxClient;
  beforeEach(async () => {
    client = await openClient();
  });
  afterEach(() => client.close());

  const rules = (...all: object[]) => client.control('POST', 'faults', { rules: all });
  const put = (Code: string, key?: string) =>
    client.api('PUT', 'Items', {
      body: { Items: [{ Code }] },
      headers: key === undefined ? {} : { 'idempotency-key': key },
    });
  const codes = async (): Promise<string[]> => {
    await rules();
    return (await client.api('GET', 'Items')).json.Items.map((one: Json) => one.Code);
  };

  it.each([
    ['500-before-commit', 500, []],
    ['500-after-commit', 500, ['A']],
    ['html-200', 200, ['A']],
    ['429-minute', 429, []],
    ['429-day', 429, []],
    ['429-concurrent', 429, []],
    ['429-appminute', 429, []],
  ])('%s answers %i and leaves %j', async (kind, status, left) => {
    await rules({ kind });
    const answer = await put('A');
    expect(answer.status).toBe(status);
    expect(answer.json?.Items).toBeUndefined();
    expect(await codes()).toEqual(left);
  });

  it.each([
    ['429-minute', 'minute', '30'],
    ['429-concurrent', 'concurrent', null],
    ['429-day', 'day', '3600'],
    ['429-appminute', 'appminute', '30'],
  ])('%s has an empty body and says %s', async (kind, problem, retryAfter) => {
    await rules({ kind });
    const { text, headers } = await put('A');
    expect([text, headers.get('x-rate-limit-problem'), headers.get('retry-after')]).toEqual([
      '',
      problem,
      retryAfter,
    ]);
  });

  it.each([
    ['reset', []],
    ['reset-after-commit', ['A']],
    ['timeout-after-commit', ['A']],
  ])('%s never answers and leaves %j', async (kind, left) => {
    await rules({ kind, ms: 50 });
    await expect(put('A')).rejects.toThrow();
    expect(await codes()).toEqual(left);
  });

  it('truncated-body answers half a JSON after the commit', async () => {
    await rules({ kind: 'truncated-body' });
    const answer = await put('A');
    expect([answer.status, answer.json]).toEqual([200, null]);
    expect(answer.text).toMatch(/^\{"Id"/);
    expect(await codes()).toEqual(['A']);
  });

  it('slow answers late', async () => {
    await rules({ kind: 'slow', ms: 120 });
    const start = Date.now();
    expect((await put('A')).status).toBe(200);
    expect(Date.now() - start).toBeGreaterThanOrEqual(115);
  });

  it('of an answer after the commit is healed by the same key; a remembered one is not', async () => {
    await rules({ kind: '500-after-commit', nth: 1 });
    expect((await put('A', 'k1')).status).toBe(500);
    expect((await put('A', 'k1')).status).toBe(200);
    await rules({ kind: '500-after-commit', nth: 1, remembered: true });
    expect((await put('B', 'k2')).status).toBe(500);
    expect((await put('B', 'k2')).status).toBe(500);
    expect(await codes()).toEqual(['A', 'B']);
  });

  it('hit what they name: a lost answer of the token endpoint', async () => {
    await rules({ kind: 'reset-after-commit', path: '/connect/token', nth: 1 });
    const form = `grant_type=refresh_token&refresh_token=${client.refreshToken}&client_id=sandbox-client&client_secret=sandbox-secret`;
    await expect(client.raw('POST', '/connect/token', { body: form })).rejects.toThrow();
    expect((await client.raw('POST', '/connect/token', { body: form })).status).toBe(200);
    expect((await client.api('GET', 'Items')).status).toBe(200);
  });
});

describe('A fault plan', () => {
  const struck = (
    rule: Parameters<FaultPlan['set']>[0][number],
    methods: readonly string[],
    seed?: number,
  ): number[] => {
    const plan = new FaultPlan();
    plan.set([rule], seed);
    return methods.flatMap((method, at) => {
      const target = { method, path: '/api.xro/2.0/Payments', tenantId: 't' };
      return plan.strike(target) ? [at] : [];
    });
  };
  const writes = Array.from({ length: 10 }, () => 'PUT');

  it.each([
    ['the n-th', { nth: 3 }, [2]],
    ['every n-th', { every: 4 }, [3, 7]],
    ['every n-th, so often', { every: 3, times: 2 }, [2, 5]],
    ['all, so often', { times: 2 }, [0, 1]],
    ['none of another method', { method: 'GET' }, []],
    ['none of another path', { path: '/Invoices' }, []],
    ['none of another tenant', { tenantId: 'x' }, []],
  ])('strikes %s', (_what, rule, at) => {
    expect(struck({ kind: 'slow', ...rule }, writes)).toEqual(at);
  });

  it('counts only what matches: WRITE leaves reads out', () => {
    expect(
      struck({ kind: 'slow', method: 'WRITE', nth: 2 }, ['GET', 'PUT', 'GET', 'DELETE', 'POST']),
    ).toEqual([3]);
  });

  it('repeats its chances for the same seed, and not for another', () => {
    const calls = Array.from({ length: 1000 }, () => 'PUT');
    const chance = (seed: number) => struck({ kind: 'slow', probability: 0.1 }, calls, seed);
    expect(chance(7)).toEqual(chance(7));
    expect(chance(7)).not.toEqual(chance(8));
    expect(chance(7).length).toBeGreaterThan(60);
    expect(chance(7).length).toBeLessThan(140);
  });
});
