import type { ApiDependencies } from '../dependencies.js';

/** What comes this close together is read together, ms. */
const GATHER_MS = 1_000;

type Dependencies = Pick<ApiDependencies, 'stores' | 'bell' | 'log'>;

async function ringTold({ stores, bell }: Dependencies): Promise<void> {
  const told = (await stores.xeroCheckpoints.due()).filter(({ lane }) => lane === 'event');
  await Promise.all(told.map((reading) => bell.ring(reading)));
}

/**
 * Rings for whatever webhooks told of, soon after the first who asks; all who ask meanwhile are served by the same round.
 * A round that fails is made up for by the worker's timer.
 */
export function gatheringBell(dependencies: Dependencies): () => void {
  let timer: NodeJS.Timeout | null = null;
  const round = () => {
    timer = null;
    ringTold(dependencies).catch((err: unknown) => dependencies.log.warn({ err }, 'webhooks: not rung'));
  };
  return () => {
    timer ??= setTimeout(round, GATHER_MS).unref();
  };
}
