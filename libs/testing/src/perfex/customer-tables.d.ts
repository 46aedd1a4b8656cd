/** Columns of the tables of customers and their people, alike in all versions. */
export declare function customerTables(): Record<string, string>;
/** Address columns as every document copies them. */
export declare const DOCUMENT_ADDRESSES: string;
