export type { PerfexDatabase } from './opened-database.js';
export { fillPerfexDatabase, type PerfexVolume, SAMPLE_VOLUME } from './fill.js';
export { type PerfexLedger, type PerfexLedgerRow, perfexLedger } from './ledger.js';
export { createPerfexDatabase, type PerfexDatabaseOptions } from './perfex-database.js';
export type { PerfexShape, PurchaseShape } from './perfex-shape.js';
/** A row as the driver gives it. */
export type { RowDataPacket } from 'mysql2/promise';
