import type { PerfexDatabase } from './perfex-database.js';
/** What should be in Xero of one entity; amounts are decimal text. */
export interface PerfexLedgerRow {
    count: number;
    total: string;
    tax: string;
    paid: string;
    due: string;
}
/** What should be in Xero. */
export interface PerfexLedger {
    entities: Record<'taxes' | 'customers' | 'items' | 'invoices' | 'payments', PerfexLedgerRow>;
}
/**
 * Adds up, in SQL, what the database holds and should be in Xero: no drafts, no cancelled invoices, no payments of such, no
 * customers without a name or not confirmed. Credits do not lower what is due, since they are not carried over. Taxes are
 * the rows of their table and the combinations on lines of these invoices.
 */
export declare function perfexLedger(perfex: PerfexDatabase): Promise<PerfexLedger>;
