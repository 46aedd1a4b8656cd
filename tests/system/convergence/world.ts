import { randomUUID } from 'node:crypto';
import { CRM_ENTITIES } from '@sync/domain';
import { readReferenceData, type OrganizationSettings } from '@sync/engine';
import { openApiStage, subscribe } from '../api-stage.js';
import type { Stage } from '../stage.js';
import { createRandom, type Random } from './random.js';
import { movableTime, type MovableTime } from './time.js';
import { type Turns, turnsOf } from './turns.js';

/** Two sides that people work on, and the service between them. */
export interface World {
  stage: Stage;
  time: MovableTime;
  turns: Turns;
  random: Random;
  settings: Pick<OrganizationSettings, 'conflicts' | 'goneFromCrm' | 'goneFromXero'>;
}

/** Webhooks are lost, doubled and shuffled; `delayMs` is of the sandbox's time. */
const WEBHOOKS = { disorder: 0.3, duplicates: 0.2, loss: 0.2, delayMs: 5_000 };

/** Opens a world in which both sides agree; the seed chooses the policies, and whose clock is ahead. */
export async function openWorld(seed: number, size: number): Promise<World> {
  const random = createRandom(seed);
  const settings = {
    conflicts: random.pick(['crm', 'xero', 'newest'] as const) ?? 'crm',
    goneFromCrm: random.pick(['ignore', 'void'] as const) ?? 'void',
    goneFromXero: random.pick(['ignore', 'void'] as const) ?? 'void',
  };
  const directions = Object.fromEntries(CRM_ENTITIES.map((entity) => [entity, 'two-way' as const]));
  const stage = await openApiStage({
    size,
    seed,
    worker: 'none',
    settings: {
      ...settings,
      directions,
      writeBack: true,
      autoSync: true,
      sweepEverySeconds: 1800,
      fullSweepEverySeconds: 7200,
    },
  });
  const time = await movableTime(stage, random.chance(0.5) ? 'service' : 'sandbox');
  const world = { stage, time, turns: turnsOf(stage, time), random, settings };
  await connect(stage);
  await stage.startRun('full');
  await world.turns.untilQuiet();
  await subscribe(stage, { ...WEBHOOKS, seed });
  return world;
}

async function connect({ service, organizationId }: Stage): Promise<void> {
  const { parts } = service;
  const signal = new AbortController().signal;
  await readReferenceData(parts, { organizationId, holder: randomUUID(), signal });
  await parts.stores.mappings.confirm(organizationId, parts.clock.now());
}
