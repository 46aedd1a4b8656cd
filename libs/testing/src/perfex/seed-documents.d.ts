import type { PerfexDatabase } from './perfex-database.js';
/** Stores the seeded invoices with lines, line taxes, payments and applied credits. */
export declare function seedDocuments(perfex: PerfexDatabase): Promise<void>;
