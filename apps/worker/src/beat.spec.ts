import { startBeat } from './beat.js';

describe('a beat', () => {
  const warned: string[] = [];
  const log = {
    info: () => undefined,
    warn: (_facts: Record<string, unknown>, message: string) => void warned.push(message),
    error: () => undefined,
  };
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

  beforeEach(() => {
    warned.length = 0;
  });

  it('is never under way twice, however long it takes', async () => {
    let underWay = 0;
    let most = 0;
    let beats = 0;
    const beat = startBeat({
      everyMs: 1,
      name: 'spec',
      log,
      work: async () => {
        beats += 1;
        underWay += 1;
        most = Math.max(most, underWay);
        await wait(10);
        underWay -= 1;
      },
    });
    await wait(80);
    await beat.stop();
    expect(beats).toBeGreaterThan(2);
    expect(most).toBe(1);
  });

  it('goes on after a failure, and says that there was one', async () => {
    let beats = 0;
    const beat = startBeat({
      everyMs: 1,
      name: 'spec',
      log,
      work: async () => {
        beats += 1;
        if (beats === 1) throw new Error('the database is away');
      },
    });
    await wait(50);
    await beat.stop();
    expect(beats).toBeGreaterThan(1);
    expect(warned).toHaveLength(1);
  });

  it('lets what is under way end when it is stopped, and does nothing afterwards', async () => {
    const done: string[] = [];
    const beat = startBeat({
      everyMs: 1,
      name: 'spec',
      log,
      work: async () => {
        done.push('begun');
        await wait(20);
        done.push('ended');
      },
    });
    await beat.stop();
    expect(done).toEqual(['begun', 'ended']);
    await wait(20);
    expect(done).toHaveLength(2);
  });
});
