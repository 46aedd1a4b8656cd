import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';

/** How often what was called is put into the minute before. */
const EVERY_MS = 300;

/**
 * Lets Xero's minute begin anew again and again, for proofs that are not about its limit of sixty calls: calls that came back
 * count no more in the next drain. The sandbox has its own limits off then.
 */
export async function freshMinute(databaseUrl: string): Promise<{ stop(): Promise<void> }> {
  const client = new Client({ connectionString: databaseUrl });
  await client.connect();
  const stop = new AbortController();
  const renewing = async () => {
    while (!stop.signal.aborted) {
      await client.query(
        `update connection_call set sent_at = sent_at - interval '2 minutes'
         where finished_at is not null and sent_at > now() - interval '2 minutes'`,
      );
      await delay(EVERY_MS, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  };
  const done = renewing();
  return {
    stop: async () => {
      stop.abort();
      await done;
      await client.end();
    },
  };
}
