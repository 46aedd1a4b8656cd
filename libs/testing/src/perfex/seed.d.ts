import type { PerfexDatabase } from './perfex-database.js';
/** Fills the tables: what every Perfex has, and with `cases` a record for each case. */
export declare function seedPerfex(perfex: PerfexDatabase, cases: boolean): Promise<void>;
