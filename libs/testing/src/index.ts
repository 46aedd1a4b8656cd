export { describeWith, missingServices } from './describe-with.js';
export { freePort } from './free-port.js';
export { dropMariaDatabaseLeftovers, dropPostgresLeftovers } from './leftovers.js';
export {
  createMariaDatabase,
  type MariaConnectionOptions,
  type MariaDatabase,
  type MariaDatabaseOptions,
} from './maria-database.js';
export { probeServices, type ServiceFinding, type ServiceFindings } from './probe-services.js';
export { createRedisPrefix, type RedisPrefix } from './redis-prefix.js';
export {
  DATABASE_TEST_URL,
  postgresTestUrl,
  redisTestUrl,
  SERVICE_TITLES,
  type ServiceName,
} from './service-addresses.js';
export { publishFindings, serviceFinding } from './service-findings.js';
export { type NodeProcess, type ProcessExit, spawnNode, type SpawnNodeOptions } from './spawn-node.js';
export { dropTemplates, type TestDatabaseOptions } from './template-database.js';
export { createTestDatabase, type TestDatabase } from './test-database.js';
export { beginTestRun } from './test-run.js';
export { waitUntil, type WaitOptions } from './wait-until.js';
