export { fillPerfexDatabase, type PerfexVolume, SAMPLE_VOLUME } from './fill.js';
export { type PerfexLedger, type PerfexLedgerRow, perfexLedger } from './ledger.js';
export { createPerfexDatabase, type PerfexDatabase, type PerfexDatabaseOptions } from './perfex-database.js';
export type { PerfexShape } from './perfex-shape.js';
export { SEEDED_INVOICES, type SeededInvoice, type SeededLine } from './seed-invoices.js';
