import { randomUUID } from 'node:crypto';
import { ENTITIES, type Entity } from '@sync/domain';
import { drain, sweepOrganization } from '@sync/engine';
import type { Stage } from '../stage.js';
import type { MovableTime } from './time.js';

/** More turns than that without coming to rest are no work any more. */
const MOST_TURNS = 600;

/** What was decided to nothing is looked at again after 30 s, and what has to wait for something else after less. */
const LOOK_AGAIN_MS = 31_000;

/** The work of the workers, one turn after the other, so that a history plays again as it was. */
export interface Turns {
  /** One turn of whatever is due; false: nothing is. */
  one(): Promise<boolean>;
  /** Turns until nothing is due. */
  all(): Promise<void>;
  /** The same, and again as time goes on, until what waits for time is done, too. */
  untilQuiet(): Promise<void>;
}

/** Works on a stage without workers, whom a bell would wake. */
export function turnsOf(stage: Stage, time: MovableTime): Turns {
  const { parts } = stage.service;
  const unheard = async () => undefined;
  Object.assign(parts.bell, { ring: unheard, ringSweeps: unheard, ringReference: unheard });
  const { organizationId } = stage;
  const signal = new AbortController().signal;
  const one = async () => {
    await parts.stores.operations.redriveWaiters();
    await confirmMassChanges(stage);
    if (await isSweepDue(stage)) {
      await sweepOrganization(parts, { organizationId, holder: randomUUID(), signal, note: () => undefined });
      return true;
    }
    const entity = await nextEntity(stage);
    if (!entity) return false;
    const ignore = () => undefined;
    const { resumeAt } = await drain(parts, {
      organizationId,
      entity,
      holder: randomUUID(),
      signal,
      note: ignore,
      progress: ignore,
    });
    if (resumeAt) await time.pass(Math.max(0, resumeAt.getTime() - parts.clock.now().getTime()));
    return true;
  };
  const all = async () => {
    for (let turn = 0; turn < MOST_TURNS; turn += 1) if (!(await one())) return;
    throw new Error(`there is no end to what is due: ${JSON.stringify(await parts.stores.operations.due())}`);
  };
  const untilQuiet = async () => {
    for (let round = 0; round < 3; round += 1) {
      await all();
      await time.pass(LOOK_AGAIN_MS);
    }
    await all();
  };
  return { one, all, untilQuiet };
}

async function isSweepDue({ service }: Stage): Promise<boolean> {
  const { runs, sweeps } = service.parts.stores;
  return (await runs.openSweeps()).length > 0 || (await sweeps.dueSweeps()).length > 0;
}

/** Parents first, as the planner rings for them. */
async function nextEntity({ service }: Stage): Promise<Entity | undefined> {
  const { operations, batches, xeroCheckpoints } = service.parts.stores;
  const due = [...(await operations.due()), ...(await batches.inDoubt()), ...(await xeroCheckpoints.due())];
  return ENTITIES.find((entity) => due.some((work) => work.entity === entity));
}

/** A person who sees that much is voided says that it is meant. */
async function confirmMassChanges({ service, organizationId }: Stage): Promise<void> {
  await service.parts.stores.brake.confirm(organizationId);
}
