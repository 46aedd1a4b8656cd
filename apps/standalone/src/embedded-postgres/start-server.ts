import { setTimeout as delay } from 'node:timers/promises';
import { explainFailure } from './explain-failure.js';
import { type Postmaster, type PostmasterOptions, startPostmaster } from './postmaster.js';
import { choosePort } from './remembered-port.js';

/** A server that runs, and where. */
export interface RunningServer {
  postmaster: Postmaster;
  port: number;
}

/**
 * What passes by itself: a port that was taken after it was found free, and the helper processes of a killed server, which
 * hold its shared memory for a moment after its end.
 */
const PASSING =
  /Address already in use|could not create any TCP\/IP sockets|shared memory block .* is still in use/i;
const ATTEMPTS = 20;
const PAUSE_MS = 300;

/** Starts the server, again where the failure passes by itself; else says what is wrong. */
export async function startServer(
  dataDirectory: string,
  options: Omit<PostmasterOptions, 'port'>,
): Promise<RunningServer> {
  for (let attempt = 1; ; attempt += 1) {
    const port = await choosePort(dataDirectory);
    const started = await tryStart({ ...options, port });
    if (started.ready) {
      return { postmaster: started.postmaster, port };
    }
    if (attempt === ATTEMPTS || !PASSING.test(started.output)) {
      throw explainFailure({
        what: 'Postgres did not start',
        where: options.cluster,
        output: started.output,
      });
    }
    await delay(PAUSE_MS);
  }
}

async function tryStart(options: PostmasterOptions): ReturnType<typeof startPostmaster> {
  try {
    return await startPostmaster(options);
  } catch (cause) {
    throw explainFailure({ what: 'Postgres could not be run', where: options.binaries, cause });
  }
}
