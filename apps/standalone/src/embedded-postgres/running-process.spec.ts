import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { birthMark, commandLine, isAlive } from './running-process.js';

describe('running processes', () => {
  it('are alive, have a birth mark that stays, and a command line', () => {
    expect(isAlive(process.pid)).toBe(true);
    expect(birthMark(process.pid)).toBe(birthMark(process.pid));
    expect(commandLine(process.pid)).toContain('node');
  });

  it('have birth marks of their own', async () => {
    const children = ['1', '2'].map(() => spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']));
    await once(children[1]!, 'spawn');
    const marks = [process.pid, children[0]!.pid ?? 0].map(birthMark);
    expect(new Set(marks).size).toBe(2);
    children.forEach((child) => child.kill('SIGKILL'));
  });

  it('are gone when they have ended', async () => {
    const child = spawn(process.execPath, ['-e', '0']);
    await once(child, 'exit');
    const pid = child.pid ?? 0;
    expect([isAlive(pid), birthMark(pid), commandLine(pid) ?? '']).toEqual([false, undefined, '']);
  });

  const onLinux = process.platform === 'linux' ? it : it.skip;
  onLinux('are not alive as zombies, which nobody collects in many containers', async () => {
    // The shell becomes a `sleep` that never asks after its ended child.
    const parent = spawn('sh', ['-c', 'sleep 0.1 & echo $!; exec sleep 30'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const zombie = Number(line.toString());
    expect(isAlive(zombie)).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(() => process.kill(zombie, 0)).not.toThrow();
    expect(isAlive(zombie)).toBe(false);
    parent.kill('SIGKILL');
  });
});
