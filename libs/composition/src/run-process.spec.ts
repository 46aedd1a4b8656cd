import { resolve } from 'node:path';
import { spawnNode } from '@sync/testing';

const built = resolve(__dirname, '../dist/run-process.js');

/** A process that starts like this. The timer stands for what keeps a service alive. */
function run(start: string) {
  const script = `
    const { runProcess } = require(${JSON.stringify(built)});
    setInterval(() => undefined, 1_000);
    runProcess('spec', async () => { ${start} });`;
  return spawnNode('--eval', { args: [script] });
}

/** Told when the start is over: a signal before that ends the process as any other. */
const started = "setImmediate(() => console.log('started'));";

const running = `${started} return async () => { console.log('stopped'); };`;

describe('a process of the service', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'stops what it started when it gets a %s, and ends well',
    async (signal) => {
      const child = run(running);
      await child.waitForLine(/^started/);
      expect(await child.kill(signal)).toEqual({ code: 0, signal: null });
      expect(child.output()).toContain('stopped');
    },
  );

  it('stops once, however often it is asked', async () => {
    const child = run(`${started} return async () => {
      console.log('stopping');
      await new Promise((resolve) => setTimeout(resolve, 300));
    };`);
    await child.waitForLine(/^started/);
    void child.kill();
    await child.waitForLine(/^stopping/);
    expect(await child.kill()).toMatchObject({ code: 0 });
    expect(child.output().match(/stopping/g)).toHaveLength(1);
  });

  it('says in one line why it cannot start, and ends with 1', async () => {
    const child = run("throw new Error('Port 3000 is taken');");
    expect(await child.exited).toMatchObject({ code: 1 });
    expect(child.output()).toBe('spec: Port 3000 is taken\n');
  });

  it.each([
    ['an error that nobody caught', "setTimeout(() => { throw new Error('a bug'); }, 10);"],
    ['a rejection that nobody caught', "Promise.reject(new Error('a bug'));"],
  ])('ends with 1 after %s', async (_, bug) => {
    const child = run(`${bug} ${running}`);
    expect(await child.exited).toMatchObject({ code: 1 });
    expect(child.output()).toContain('spec: a bug');
  });

  it('ends with 1 if it cannot stop in order', async () => {
    const child = run(`${started} return async () => { throw new Error('still busy'); };`);
    await child.waitForLine(/^started/);
    expect(await child.kill()).toMatchObject({ code: 1 });
    expect(child.output()).toContain('spec: still busy');
  });
});
