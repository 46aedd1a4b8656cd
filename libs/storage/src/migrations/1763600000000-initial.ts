import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CONNECTION_TABLES } from './connections.sql.js';
import { LEDGER_TABLES } from './ledger.sql.js';
import { ORGANIZATION_TABLES } from './organization.sql.js';
import { RECORD_TABLES } from './records.sql.js';
import { TELLING_TABLES } from './telling.sql.js';

/** The first schema. */
export class Initial1763600000000 implements MigrationInterface {
  readonly name = 'Initial1763600000000';

  async up(runner: QueryRunner): Promise<void> {
    const statements = [
      ...CONNECTION_TABLES,
      ...ORGANIZATION_TABLES,
      ...RECORD_TABLES,
      ...LEDGER_TABLES,
      ...TELLING_TABLES,
    ];
    for (const statement of statements) await runner.query(statement);
  }

  /** Migrations go forward only: a step back would have to invent what it does not know. */
  down(): Promise<void> {
    return Promise.reject(new Error('Migrations go forward only; restore a backup instead'));
  }
}
