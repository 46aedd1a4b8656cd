import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawnNode } from './spawn-node.js';

describe('spawnNode', () => {
  const folder = mkdtempSync(join(tmpdir(), 'spawn-node-'));
  const script = join(folder, 'script.js');
  writeFileSync(
    script,
    `console.log('hello ' + process.env.GREETED);
     console.error('on stderr');
     if (process.argv[2] === 'end') process.exit(3);
     process.on('SIGTERM', () => { console.log('leaving'); process.exit(0); });
     setInterval(() => {}, 1000);
     console.log('up');`,
  );
  afterAll(() => rmSync(folder, { recursive: true }));

  it('hands over the environment and captures both outputs', async () => {
    const child = spawnNode(script, { env: { GREETED: 'Ada' }, args: ['end'] });
    await expect(child.exited).resolves.toEqual({ code: 3, signal: null });
    expect(child.output()).toContain('hello Ada');
    expect(child.output()).toContain('on stderr');
  });

  it('waits for a line, also one that was written before', async () => {
    const child = spawnNode(script);
    await expect(child.waitForLine(/^up/)).resolves.toBe('up');
    await expect(child.waitForLine(/^hello/g)).resolves.toBe('hello undefined');
    await expect(child.kill()).resolves.toEqual({ code: 0, signal: null });
    expect(child.output()).toContain('leaving');
  });

  it('kills for good with SIGKILL', async () => {
    const child = spawnNode(script);
    await child.waitForLine(/^up/);
    await expect(child.kill('SIGKILL')).resolves.toEqual({ code: null, signal: 'SIGKILL' });
    expect(() => process.kill(child.pid, 0)).toThrow('ESRCH');
  });

  it('fails at once, with the output, when the process ends before the line comes', async () => {
    const child = spawnNode(script, { args: ['end'] });
    await expect(child.waitForLine(/never written/)).rejects.toThrow(/ended \(code 3\)[^]*on stderr/);
  });

  it('fails with the output when the line does not come in time', async () => {
    const child = spawnNode(script);
    await child.waitForLine(/^up/);
    await expect(child.waitForLine(/never written/, 50)).rejects.toThrow(/waited 50 ms[^]*hello/);
    await child.kill('SIGKILL');
  });
});
