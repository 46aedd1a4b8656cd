import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { Entity } from '@sync/domain';
import {
  type Doorbell,
  drain,
  type EngineParts,
  readReferenceData,
  sweepOrganization,
  tick,
} from '@sync/engine';
import { bothClocks } from './both-clocks.js';
import type { Stage } from './stage.js';

/** More rings than that at one moment are no work any more. */
const MOST_RINGS = 1_000;

/** A stage without workers, whose clock stands in our hands together with that of the sandbox. */
export interface SimulatedTime {
  now(): number;
  /** Lets so many ms pass on both sides. */
  pass(ms: number): Promise<void>;
  /** What the planner and the workers do at this moment. */
  work(): Promise<void>;
  /** Everything that is due now or within the next minute, by steps of a few seconds. */
  settle(): Promise<void>;
}

type Ring = { kind: 'drain'; entity: Entity } | { kind: 'sweeps' } | { kind: 'reference' };

/**
 * Takes both clocks in hand, and the work of planner and workers: what the planner rings for is done at once, one after
 * the other. Who sleeps lets time pass. The seconds that the work itself takes count, too.
 */
export function simulatedTime(stage: Stage): SimulatedTime {
  const { parts } = stage.service;
  const { clock } = parts;
  const pass = bothClocks(clock, stage.sandbox);
  clock.sleep = async (ms, signal) => {
    await delay(1, undefined, signal ? { signal } : {});
    await pass(ms);
  };
  const work = () => workOff(stage, parts);
  return {
    now: () => clock.now().getTime(),
    pass,
    work,
    settle: async () => {
      for (let step = 0; step < 12; step += 1) {
        await work();
        await pass(5_000);
      }
    },
  };
}

async function workOff(stage: Stage, parts: EngineParts): Promise<void> {
  const rung = new Map<string, Ring>();
  const note = (key: string, ring: Ring) => Promise.resolve(void rung.set(key, ring));
  const bell: Doorbell = {
    ring: ({ entity }) => note(entity, { kind: 'drain', entity }),
    ringSweeps: () => note('sweeps', { kind: 'sweeps' }),
    ringReference: () => note('reference', { kind: 'reference' }),
  };
  const listening = { ...parts, bell };
  for (let count = 0; count < MOST_RINGS; count += 1) {
    if (rung.size === 0) await tick(listening);
    const [first] = rung;
    if (!first) return;
    rung.delete(first[0]);
    await answer(stage, listening, first[1]);
  }
  throw new Error(`there is no end to what is due: ${JSON.stringify([...rung.keys()])}`);
}

async function answer({ organizationId }: Stage, parts: EngineParts, ring: Ring): Promise<void> {
  const ignore = () => undefined;
  const request = {
    organizationId,
    holder: randomUUID(),
    signal: new AbortController().signal,
    note: ignore,
  };
  if (ring.kind === 'sweeps') await sweepOrganization(parts, request);
  else if (ring.kind === 'reference') await readReferenceData(parts, request);
  else await drain(parts, { ...request, entity: ring.entity, progress: ignore });
}
