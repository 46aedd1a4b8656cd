import { waitUntil } from './wait-until.js';

describe('waitUntil', () => {
  it('gives back the first truthy value', async () => {
    let looks = 0;
    const value = await waitUntil(() => (++looks < 3 ? null : 'ready'), { what: 'the third look' });
    expect([value, looks]).toEqual(['ready', 3]);
  });

  it('looks at least once, even with no time left', async () => {
    await expect(waitUntil(() => 'there', { what: 'anything', timeoutMs: 0 })).resolves.toBe('there');
  });

  it('keeps looking after an error', async () => {
    let looks = 0;
    const look = async (): Promise<boolean> => {
      looks += 1;
      if (looks === 1) {
        throw new Error('not yet');
      }
      return true;
    };
    await expect(waitUntil(look, { what: 'recovery' })).resolves.toBe(true);
  });

  it('says what it waited for and what it saw last', async () => {
    const wait = waitUntil(() => 0, { what: 'an invoice in Xero', timeoutMs: 30, intervalMs: 5 });
    await expect(wait).rejects.toThrow('waited 30 ms for an invoice in Xero; last: 0');
  });

  it('keeps the last error as the cause', async () => {
    const cause = new Error('connection refused');
    const look = (): boolean => {
      throw cause;
    };
    const failure = await waitUntil(look, { what: 'an answer', timeoutMs: 10 }).catch(
      (error: unknown) => error,
    );
    expect(failure).toMatchObject({
      cause,
      message: expect.stringContaining('connection refused') as string,
    });
  });
});
