import type { Clock } from '@sync/domain';
import type { SandboxControl } from './sandbox-control.js';

/** Takes the clocks of the service and of the sandbox in hand: what it gives lets so many ms pass on both. */
export function bothClocks(clock: Clock, sandbox: SandboxControl): (ms: number) => Promise<void> {
  const realNow = clock.now.bind(clock);
  let passed = 0;
  clock.now = () => new Date(realNow().getTime() + passed);
  return async (ms) => {
    passed += ms;
    await sandbox.post('clock', { advanceMs: ms });
  };
}
