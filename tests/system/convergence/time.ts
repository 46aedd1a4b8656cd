import { setTimeout as delay } from 'node:timers/promises';
import type { Stage } from '../stage.js';

/** Clocks are so far apart. */
const APART_MS = 90_000;

/** What really passes while somebody sleeps: calls that are under way get a chance. */
const REAL_SLEEP_MS = 2;

/** The time of a stage, which stands in our hands. */
export interface MovableTime {
  /** Lets so many ms pass on every side. */
  pass(ms: number): Promise<void>;
}

/**
 * Takes the service's clock and the sandbox's in hand, one of them 90 s ahead. Both stand still but for what is passed:
 * what a seed does then depends on how fast the machine is as little as can be. Everything of the service has one clock,
 * and who sleeps by it moves the time.
 */
export async function movableTime(stage: Stage, ahead: 'service' | 'sandbox'): Promise<MovableTime> {
  const { clock } = stage.service.parts;
  const startedAt = clock.now().getTime();
  let passed = ahead === 'service' ? APART_MS : 0;
  const advance = (ms: number) => stage.sandbox.post('clock', { advanceMs: ms, stop: true });
  await advance(ahead === 'sandbox' ? APART_MS : 0);
  const pass: MovableTime['pass'] = async (ms) => {
    passed += ms;
    await advance(ms);
  };
  clock.now = () => new Date(startedAt + passed);
  clock.sleep = async (ms, signal) => {
    await delay(Math.min(ms, REAL_SLEEP_MS), undefined, signal ? { signal } : {});
    await pass(ms);
  };
  return { pass };
}
