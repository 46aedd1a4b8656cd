import type { Connection } from 'mysql2/promise';
import type { MariaConnectionOptions } from '../maria-database.js';
import type { PerfexShape, PurchaseShape } from './perfex-shape.js';

/** A Perfex database that belongs to one spec. */
export interface PerfexDatabase {
  shape: PerfexShape;
  purchase: PurchaseShape;
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
