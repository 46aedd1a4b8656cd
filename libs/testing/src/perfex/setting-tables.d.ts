/** Columns of the tables that are set up once: items, taxes, currencies, payment modes, options. */
export declare function settingTables(): Record<string, string>;
