import { type Config, ConfigError, type Environment, readConfig } from '@sync/config';
import { examineConfiguration } from './configuration.js';
import { examineDatabase } from './database.js';
import type { Finding } from './finding.js';
import { examineOrganizations } from './organizations.js';
import { examineQueues } from './queues.js';
import { examineXero } from './xero.js';

/** Looks at everything that the service needs, from the environment outwards. Changes nothing. */
export async function* examine(environment: Environment): AsyncGenerator<Finding> {
  yield* examineConfiguration(environment);
  const config = readable(environment);
  if (config === null) return;
  const { databaseUrl, encryptionKeys } = config;
  const reachable = databaseUrl !== null && (yield* examineDatabase(databaseUrl));
  yield* examineQueues(config.redisUrl);
  yield* examineXero(config.xero);
  if (reachable && encryptionKeys !== null) yield* examineOrganizations({ databaseUrl, encryptionKeys });
}

/** What can be used of the environment; null when some of it cannot even be read. */
function readable(environment: Environment): Config | null {
  try {
    return readConfig(environment, 'cli');
  } catch (error) {
    if (error instanceof ConfigError) return null;
    throw error;
  }
}
