import { ENTITIES, type Entity } from '@sync/domain';
import { CRM_EDITS } from './crm-edits.js';
import type { Desk, Touched } from './edits.js';
import type { World } from './world.js';
import { XERO_EDITS } from './xero-edits.js';

/** How often an event of the CRM is lost, comes twice, or comes late. */
const EVENTS = { loss: 0.25, twice: 0.2, late: 0.3 };

const PEOPLE: ReadonlySet<string> = new Set(['customers', 'vendors', 'contact']);

/** An event of the CRM that is under way. */
interface Event {
  entity: Entity;
  ids: string[];
}

/** What was done, in words: a seed that fails shows how it came about. */
export interface History {
  log: string[];
  /** Documents that people made on either side. */
  made: number;
}

/** Plays so many edits on both sides, the service at work now and then, and time passing. */
export async function playHistory(world: World, edits: number): Promise<History> {
  const { random, time, turns } = world;
  const history: History = { log: [], made: 0 };
  let late: Event[] = [];
  for (let n = 0; n < edits; n += 1) {
    const event = await editOnce(world, n, history);
    if (event && random.chance(EVENTS.late)) late.push(event);
    else if (event) await announce(world, event);
    await time.pass(random.chance(0.3) ? random.int(1_000, 240_000) : random.int(1, 1_000));
    if (random.chance(0.2)) for (const one of late.toReversed()) await announce(world, one);
    else continue;
    late = [];
    if (random.chance(0.5)) await turns.one();
    else await turns.all();
  }
  return history;
}

async function editOnce(world: World, n: number, history: History): Promise<Event | null> {
  const { random, stage } = world;
  const inCrm = random.chance(0.5);
  const { crmLedger, ledger } = stage.sandbox;
  const shelf: Desk['shelf'] = async (entity) =>
    (await (inCrm ? crmLedger : ledger)({ only: entity }))[entity]?.documents ?? [];
  const desk: Desk = { world, random, n, shelf };
  const edit = random.weighted(inCrm ? CRM_EDITS : XERO_EDITS);
  const touched = await edit(desk).catch(refused);
  if (!touched) return null;
  history.made += PEOPLE.has(touched.entity) ? 0 : (touched.made ?? 0);
  history.log.push(`${n} ${inCrm ? 'crm' : 'xero'}: ${touched.what} ${touched.ids.join(', ')}`);
  const entity = ENTITIES.find((one) => one === touched.entity);
  return inCrm && entity ? { entity, ids: touched.ids } : null;
}

/** What the rules of a side forbid does not happen; anything else is a fault of the test or of the sandbox. */
function refused(error: unknown): Touched | null {
  if (error instanceof Error && / answered (400|404|409):/.test(error.message)) return null;
  throw error;
}

async function announce({ stage, random }: World, { entity, ids }: Event): Promise<void> {
  if (random.chance(EVENTS.loss)) return;
  await stage.event(entity, ...ids);
  if (random.chance(EVENTS.twice)) await stage.event(entity, ...ids);
}
