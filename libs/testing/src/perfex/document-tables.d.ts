import type { PerfexShape } from './perfex-shape.js';
/** Columns of invoices, credit notes, their lines and what was paid, as the version has them. */
export declare function documentTables(shape: PerfexShape): Record<string, string>;
