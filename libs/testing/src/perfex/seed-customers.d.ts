import type { PerfexDatabase } from './perfex-database.js';
/**
 * Six customers: 1 complete, with people; 2 without anyone, in EUR; 3 without company, so that its person names it;
 * 4 inactive; 5 not confirmed; 6 without any name.
 */
export declare function seedCustomers({ connection, table }: PerfexDatabase): Promise<void>;
