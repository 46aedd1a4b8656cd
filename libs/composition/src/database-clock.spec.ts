import { createDatabaseClock } from './database-clock.js';

describe('the clock', () => {
  it('follows the database, however wrong that of the machine is', async () => {
    const clock = createDatabaseClock();
    await clock.follow(async () => new Date(Date.now() + 3_600_000));
    expect(clock.now().getTime() - Date.now()).toBeCloseTo(3_600_000, -2);
    clock.stop();
  });

  it('trusts the quickest answer, since a slow one tells less', async () => {
    jest.useFakeTimers();
    try {
      const clock = createDatabaseClock();
      const delays = [60, 0, 60];
      await clock.follow(async () => {
        const answer = new Date(Date.now() + 1_000);
        jest.setSystemTime(Date.now() + (delays.shift() ?? 0));
        return answer;
      });
      expect(clock.now().getTime() - Date.now()).toBe(1_000);
      clock.stop();
    } finally {
      jest.useRealTimers();
    }
  });

  it('goes by the machine until it follows a database', () => {
    const clock = createDatabaseClock();
    expect(Math.abs(clock.now().getTime() - Date.now())).toBeLessThan(20);
  });

  it('wakes a sleeper that is asked to stop', async () => {
    const stop = new AbortController();
    const sleeping = createDatabaseClock().sleep(60_000, stop.signal);
    stop.abort(new Error('stop'));
    await expect(sleeping).rejects.toThrow();
  });
});
