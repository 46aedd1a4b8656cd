import type { ApiDependencies } from '../dependencies.js';

/** What is told of is due 3 s after it was told; a little later it is sure to be, in ms. */
const GATHER_MS = 3_100;

type Dependencies = Pick<ApiDependencies, 'stores' | 'bell' | 'log'>;

async function ringTold({ stores, bell }: Dependencies): Promise<void> {
  const told = (await stores.xeroCheckpoints.due()).filter(({ lane }) => lane === 'event');
  await Promise.all(told.map((reading) => bell.ring(reading)));
}

/**
 * Rings for whatever webhooks told of, soon after the first who asks. Who asks meanwhile is served by the same round, and by
 * one more, since what he was told may not be due by then. A round that fails is made up for by the worker's timer.
 */
export function gatheringBell(dependencies: Dependencies): () => void {
  let timer: NodeJS.Timeout | null = null;
  let askedAgain = false;
  const start = () => {
    askedAgain = false;
    timer = setTimeout(round, GATHER_MS).unref();
  };
  const round = () => {
    timer = null;
    if (askedAgain) start();
    ringTold(dependencies).catch((err: unknown) => dependencies.log.warn({ err }, 'webhooks: not rung'));
  };
  return () => {
    if (timer === null) start();
    else askedAgain = true;
  };
}
