export { createPerfexDatabase, type PerfexDatabase, type PerfexDatabaseOptions } from './perfex-database.js';
export type { PerfexShape } from './perfex-shape.js';
