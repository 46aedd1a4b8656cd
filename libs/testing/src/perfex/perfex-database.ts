import { createMariaDatabase } from '../maria-database.js';
import { customerTables } from './customer-tables.js';
import { documentTables } from './document-tables.js';
import { expenseTables } from './expense-tables.js';
import type { PerfexDatabase } from './opened-database.js';
import type { PerfexShape, PurchaseShape } from './perfex-shape.js';
import { purchaseTables } from './purchase-tables.js';
import { seedPerfex } from './seed.js';
import { settingTables } from './setting-tables.js';

/** Which Perfex it shall look like. */
export interface PerfexDatabaseOptions {
  /** The version whose columns it has; `3.4.0` unless told. */
  shape?: PerfexShape;
  /** The version of its Purchase module; `1.5.0` unless told, null for none. */
  purchase?: PurchaseShape;
  /** What table names begin with; `tbl` unless told. */
  prefix?: string;
  /** Character set of the tables; `utf8mb4` unless told. */
  charset?: 'utf8' | 'utf8mb4';
  /** Whether the writing sessions are strict; Perfex's own are not. */
  strict?: boolean;
  /** Without it there are tables, currencies and options only. */
  seeded?: boolean;
}

const STRICT_MODE = 'STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO';

/** Makes a database with Perfex's tables, and one record for each case that a reader must get right. */
export async function createPerfexDatabase(options: PerfexDatabaseOptions = {}): Promise<PerfexDatabase> {
  const { shape = '3.4.0', prefix = 'tbl', charset = 'utf8mb4', strict = false, seeded = true } = options;
  const { purchase = '1.5.0' } = options;
  const database = await createMariaDatabase({ charset, sqlMode: strict ? STRICT_MODE : '' });
  const connection = await database.connect();
  const perfex: PerfexDatabase = {
    shape,
    purchase,
    prefix,
    reader: database.readOnly,
    owner: database.options,
    connection,
    table: (name) => `${prefix}${name}`,
    drop: async () => {
      await connection.end();
      await database.drop();
    },
  };
  await createTables(perfex, charset);
  await seedPerfex(perfex, seeded);
  return perfex;
}

async function createTables(
  { connection, shape, purchase, table }: PerfexDatabase,
  charset: string,
): Promise<void> {
  const tables = {
    ...customerTables(),
    ...documentTables(shape),
    ...settingTables(),
    ...expenseTables(purchase),
    ...purchaseTables(purchase),
  };
  for (const [name, columns] of Object.entries(tables)) {
    await connection.query(
      `create table ${connection.escapeId(table(name))} (${columns}) engine=InnoDB default charset=${charset}`,
    );
  }
}
