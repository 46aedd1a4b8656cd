import type { PerfexDatabase } from './perfex-database.js';
/** How much business to make up. */
export interface PerfexVolume {
    customers: number;
    items: number;
    /** Those that should be in Xero. */
    invoices: number;
    /** At most one for each invoice. */
    payments: number;
    /** On top of `invoices`; none unless told. */
    drafts?: number;
    /** On top of `invoices`; none unless told. */
    cancelled?: number;
}
/** What `npm start` shows: 200 customers, 40 items, 6 taxes, 1,000 invoices, 700 payments. */
export declare const SAMPLE_VOLUME: PerfexVolume;
/**
 * Fills an unseeded database with any amount of business, within the server and so in seconds: one to five lines an
 * invoice, several taxes on some, discounts before and after tax, adjustments; totals as Perfex computes them.
 */
export declare function fillPerfexDatabase(perfex: PerfexDatabase, volume: PerfexVolume): Promise<void>;
