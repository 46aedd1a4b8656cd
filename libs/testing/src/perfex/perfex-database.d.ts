import type { Connection } from 'mysql2/promise';
import { type MariaConnectionOptions } from '../maria-database.js';
import type { PerfexShape } from './perfex-shape.js';
/** Which Perfex it shall look like. */
export interface PerfexDatabaseOptions {
    /** The version whose columns it has; `3.4.0` unless told. */
    shape?: PerfexShape;
    /** What table names begin with; `tbl` unless told. */
    prefix?: string;
    /** Character set of the tables; `utf8mb4` unless told. */
    charset?: 'utf8' | 'utf8mb4';
    /** Whether the writing sessions are strict; Perfex's own are not. */
    strict?: boolean;
    /** Without it there are tables, currencies and options only. */
    seeded?: boolean;
}
/** A Perfex database that belongs to one spec. */
export interface PerfexDatabase {
    shape: PerfexShape;
    prefix: string;
    /** The login of a user who may only read it, as a CRM's owner hands out. */
    reader: MariaConnectionOptions;
    /** The administrator's login. */
    owner: MariaConnectionOptions;
    /** A session that may write, in the asked-for SQL mode. */
    connection: Connection;
    /** The full name of a table given by its bare one. */
    table(name: string): string;
    /** Removes the database and everyone connected through `connection`. */
    drop(): Promise<void>;
}
/** Makes a database with Perfex's tables, and one record for each case that a reader must get right. */
export declare function createPerfexDatabase(options?: PerfexDatabaseOptions): Promise<PerfexDatabase>;
